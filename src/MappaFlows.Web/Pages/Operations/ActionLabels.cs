
namespace MappaFlows.Web.Pages.Operations;

/// <summary>What an administrator's act is called, and what follows from it.</summary>
internal static class ActionLabels
{
    /// <summary>The heading of its page, the text of its button and its name in the audit.</summary>
    public static string Title(this AdminAction action) => action switch
    {
        AdminAction.Retry => "Run again",
        AdminAction.Suspend => "Suspend",
        AdminAction.Resume => "Resume",
        AdminAction.Terminate => "Terminate",
        AdminAction.Purge => "Remove",
        AdminAction.PurgeOld => "Remove old orchestrations",
        AdminAction.RetryQuarantined => "Put back into service",
        AdminAction.DiscardQuarantined => "Remove for good",
        AdminAction.RetryEmail => "Try to send again",
        AdminAction.VerifyCheckpoints => "Check against the record",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "There are no words for this act."),
    };

    /// <summary>What it does and what it leaves alone.</summary>
    public static string Explanation(this AdminAction action) => action switch
    {
        AdminAction.Retry => "It begins again with what it was first given, reads its case afresh and does what is due. Its old history goes.",
        AdminAction.Suspend => "It does nothing until it is resumed. What is rung or comes due meanwhile waits. Dates of its case are still served by the sweep.",
        AdminAction.Resume => "It goes on where it was held, with everything that came meanwhile.",
        AdminAction.Terminate => "It ends now, and an orchestration that waits for it fails. The case stays as it is: its dates are then served by the sweep alone, until this is run again.",
        AdminAction.Purge => "It goes from the list, with its history. The case and its own record stay as they are.",
        AdminAction.PurgeOld => $"Orchestrations that ended before that day go from the list, with their histories: at most {AdminActions.MaxPurged:N0} at one time. Cases and their own records stay as they are.",
        AdminAction.RetryQuarantined => "The engine tries it again. If it still cannot be read or run, it is back on this list at once.",
        AdminAction.DiscardQuarantined => "An orchestration goes with its history and with everything that waits for it; a stored message is never delivered. The case stays as it is.",
        AdminAction.RetryEmail => "The email is handed in again, to the address that the directory has now. If it fails again, it is back on this list.",
        AdminAction.VerifyCheckpoints => "Every case of the anchor is compared with its record, from its first event on. It changes nothing. It may take a while, and goes on when you leave the page.",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "There are no words for this act."),
    };

    /// <summary>Whether it cannot be taken back.</summary>
    public static bool IsFinal(this AdminAction action) =>
        action is AdminAction.Terminate or AdminAction.Purge or AdminAction.PurgeOld or AdminAction.DiscardQuarantined;
}
