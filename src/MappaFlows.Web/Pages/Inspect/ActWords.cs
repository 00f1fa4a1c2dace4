using MappaFlows.Workflows.Inspecting;

namespace MappaFlows.Web.Pages.Inspect;

/// <summary>What an administrator's act is called, and what follows from it.</summary>
internal static class ActWords
{
    /// <summary>The heading of its page, the text of its button and its name in the audit.</summary>
    public static string Title(this AdminAct act) => act switch
    {
        AdminAct.Retry => "Run again",
        AdminAct.Suspend => "Suspend",
        AdminAct.Resume => "Resume",
        AdminAct.Terminate => "Terminate",
        AdminAct.Purge => "Remove",
        AdminAct.PurgeOld => "Remove old orchestrations",
        AdminAct.RetryParked => "Put back into service",
        AdminAct.DiscardParked => "Remove for good",
        AdminAct.RetryLetter => "Try to send again",
        AdminAct.CheckAnchors => "Check against the record",
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "There are no words for this act."),
    };

    /// <summary>What it does and what it leaves alone.</summary>
    public static string Explanation(this AdminAct act) => act switch
    {
        AdminAct.Retry => "It begins again with what it was first given, reads its case afresh and does what is due. Its old history goes.",
        AdminAct.Suspend => "It does nothing until it is resumed. What is rung or comes due meanwhile waits. Dates of its case are still served by the sweep.",
        AdminAct.Resume => "It goes on where it was held, with everything that came meanwhile.",
        AdminAct.Terminate => "It ends now, and an orchestration that waits for it fails. The case stays as it is: its dates are then served by the sweep alone, until this is run again.",
        AdminAct.Purge => "It goes from the list, with its history. The case and its own record stay as they are.",
        AdminAct.PurgeOld => $"Orchestrations that ended before that day go from the list, with their histories: at most {InspectDesk.MostPurged:N0} at one time. Cases and their own records stay as they are.",
        AdminAct.RetryParked => "The engine tries it again. If it still cannot be read or run, it is back on this list at once.",
        AdminAct.DiscardParked => "An orchestration goes with its history and with everything that waits for it; a stored message is never delivered. The case stays as it is.",
        AdminAct.RetryLetter => "The email is handed in again, to the address that the directory has now. If it fails again, it is back on this list.",
        AdminAct.CheckAnchors => "Every case of the anchor is compared with its record, from its first event on. It changes nothing. It may take a while, and goes on when you leave the page.",
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "There are no words for this act."),
    };

    /// <summary>Whether it cannot be taken back.</summary>
    public static bool IsFinal(this AdminAct act) =>
        act is AdminAct.Terminate or AdminAct.Purge or AdminAct.PurgeOld or AdminAct.DiscardParked;
}
