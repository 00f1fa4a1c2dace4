using System.Globalization;

namespace MappaFlows.Web.Pages.Operations;

/// <summary>Which page an administrator's action belongs to.</summary>
internal static class ActionRoutes
{
    /// <summary>Where an act began, and leads back to.</summary>
    public static string Of(AdminAction action, string target) => action switch
    {
        AdminAction.PurgeOld => Routes.Purge,
        AdminAction.RetryQuarantined or AdminAction.DiscardQuarantined => Routes.Quarantined,
        AdminAction.RetryEmail => Routes.UndeliveredEmails,
        AdminAction.VerifyCheckpoints => Routes.Checkpoints,
        _ => Routes.Instance(target),
    };

    /// <summary>Where to look after an act was tried: the page where it began, with a word on what came of it.</summary>
    public static string After(AdminLogEntry entry)
    {
        var isGone = entry is { Action: AdminAction.Purge, Outcome.IsDone: true };
        return string.Create(CultureInfo.InvariantCulture, $"{(isGone ? Routes.Operations : Of(entry.Action, entry.Target))}?entry={entry.Sequence}");
    }
}
