#pragma warning disable IDE0130 // One class knows every address, so that nothing else has to.
namespace MappaFlows.Web;

/// <content>The lead agency's reviews of a level 1 case.</content>
public static partial class Routes
{
    public static string Level1Review(CaseReference reference) => $"{Case(reference)}/review";
}
