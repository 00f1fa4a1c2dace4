#pragma warning disable IDE0130 // One class knows every address, so that nothing else has to.
namespace MappaFlows.Web;

/// <content>What was passed on.</content>
public static partial class Routes
{
    /// <param name="what">The kind of obligation and its number, as <see cref="EscalationWeb.Slug"/> makes it.</param>
    public static string PassedOn(CaseReference reference, string what) => $"{Case(reference)}/passed-on/{what}";
}
