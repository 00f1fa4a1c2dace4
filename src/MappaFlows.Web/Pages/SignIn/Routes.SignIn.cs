#pragma warning disable IDE0130 // One class knows every address, so that nothing else has to.
namespace MappaFlows.Web;

/// <content>The fresh sign-in before a decision.</content>
public static partial class Routes
{
    public const string SignInAgain = "/decide/sign-in-again";
    public const string SignedInAgain = "/decide/signed-in-again";
}
