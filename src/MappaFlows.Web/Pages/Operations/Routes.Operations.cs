#pragma warning disable IDE0130 // One class knows every address, so that nothing else has to.
namespace MappaFlows.Web;

/// <content>The administrator's pages.</content>
public static partial class Routes
{
    public const string Operations = "/operations";
    public const string Quarantined = Operations + "/quarantined";
    public const string Purge = Operations + "/purge";
    public const string QueuedEmails = Operations + "/queued-emails";
    public const string UndeliveredEmails = Operations + "/undelivered-emails";
    public const string Checkpoints = Operations + "/checkpoints";
    public const string AdminLog = Operations + "/log";

    /// <summary>One orchestration.</summary>
    public static string Instance(string id) => $"{Operations}/{Uri.EscapeDataString(id)}";

    /// <summary>Where an action is confirmed.</summary>
    public static string AdminAction(string action, string target) => $"{Operations}/do/{action}?target={Uri.EscapeDataString(target)}";
}
