using System.Globalization;

namespace MappaFlows.Web.Pages.Operations;

/// <summary>The addresses of the administrator's pages.</summary>
internal static class OperationsRoutes
{
    public const string Instances = "/operations";
    public const string Quarantined = "/operations/quarantined";
    public const string Purge = "/operations/purge";
    public const string QueuedEmails = "/operations/queued-emails";
    public const string UndeliveredEmails = "/operations/undelivered-emails";
    public const string Checkpoints = "/operations/checkpoints";
    public const string Log = "/operations/log";

    public static string Instance(string id) => $"{Instances}/{Uri.EscapeDataString(id)}";

    /// <summary>Where an act is confirmed.</summary>
    public static string Action(AdminAction action, string target) => $"/operations/do/{action}?target={Uri.EscapeDataString(target)}";

    /// <summary>Where an act began, and leads back to.</summary>
    public static string Of(AdminAction action, string target) => action switch
    {
        AdminAction.PurgeOld => Purge,
        AdminAction.RetryQuarantined or AdminAction.DiscardQuarantined => Quarantined,
        AdminAction.RetryEmail => UndeliveredEmails,
        AdminAction.VerifyCheckpoints => Checkpoints,
        _ => Instance(target),
    };

    /// <summary>Where to look after an act was tried: the page where it began, with a word on what came of it.</summary>
    public static string After(AdminLogEntry entry)
    {
        var isGone = entry is { Action: AdminAction.Purge, Outcome.IsDone: true };
        return string.Create(CultureInfo.InvariantCulture, $"{(isGone ? Instances : Of(entry.Action, entry.Target))}?entry={entry.Sequence}");
    }
}
