
namespace MappaFlows.Web.Pages.Operations;

/// <summary>What an administrator's action is called, and what it does.</summary>
internal static class ActionLabels
{
    /// <summary>The heading of its page, the text of its button and its name in the log.</summary>
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
        AdminAction.VerifyCheckpoints => "Verify",
        AdminAction.AcceptStore => "Accept the store as it is",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "There are no words for this action."),
    };

    /// <summary>What it does and what it leaves alone.</summary>
    public static string Explanation(this AdminAction action) => action switch
    {
        AdminAction.Retry => "It starts again with its first input, reads its case and does what is due. Its old history is removed.",
        AdminAction.Suspend => "It does nothing until it is resumed. Signals and timers wait. The sweep still serves the dates of its case.",
        AdminAction.Resume => "It continues where it was suspended, with the signals and timers that came in between.",
        AdminAction.Terminate => "It ends now, and an orchestration that waits for it fails. The case does not change. Only the sweep serves its dates until this is run again.",
        AdminAction.Purge => "It is removed with its history. The case and its events do not change.",
        AdminAction.PurgeOld => $"Orchestrations that ended before that day are removed with their histories: at most {AdminActions.MaxPurged:N0} at one time. Cases and their events do not change.",
        AdminAction.RetryQuarantined => "The engine tries it again. If it still cannot be read or run, it is back on this list at once.",
        AdminAction.DiscardQuarantined => "An orchestration is removed with its history and its messages. A stored message is never delivered. The case does not change.",
        AdminAction.RetryEmail => "The email is sent again, to the address now in the directory. If it fails again, it returns to this list.",
        AdminAction.VerifyCheckpoints => "Every case in the checkpoint is compared with its record, from its first event. Nothing is changed. It may take a while, and continues when you leave the page.",
        AdminAction.AcceptStore => "MappaFlows was started with a store that is not as far as the one before it, such as a restored backup. What is missing there is lost.",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "There are no words for this action."),
    };

    /// <summary>Whether it cannot be taken back.</summary>
    public static bool IsFinal(this AdminAction action) =>
        action is AdminAction.Terminate or AdminAction.Purge or AdminAction.PurgeOld or AdminAction.DiscardQuarantined;
}
