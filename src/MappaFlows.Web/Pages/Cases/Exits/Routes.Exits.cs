#pragma warning disable IDE0130 // One class knows every address, so that nothing else has to.
namespace MappaFlows.Web;

/// <content>Dates, eligibility and the exit of a case.</content>
public static partial class Routes
{
    public static string Dates(CaseReference reference) => $"{Case(reference)}/dates";

    public static string Eligibility(CaseReference reference) => $"{Case(reference)}/eligibility";

    public static string ExitReview(CaseReference reference) => $"{Case(reference)}/exit-review";

    public static string Exit(CaseReference reference) => $"{Case(reference)}/exit";
}
