#pragma warning disable IDE0130 // One class knows every address, so that nothing else has to.
namespace MappaFlows.Web;

/// <content>The screening decision and the questions before it.</content>
public static partial class Routes
{
    public static string Screening(CaseReference reference) => $"{Case(reference)}/screening";

    public static string Answer(CaseReference reference) => $"{Case(reference)}/answer";
}
