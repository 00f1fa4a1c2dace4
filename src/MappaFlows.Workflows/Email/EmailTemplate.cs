namespace MappaFlows.Workflows.Email;

/// <summary>The words of one email: a reference and a link. No name, no offence, no category, no level.</summary>
/// <param name="Name">Is stored with each email that waits, so it lasts.</param>
/// <param name="Subject">What is asked or what happened, in a few words that come after "MAPPA:" and before "by" a date.</param>
/// <param name="Sentence">Says what to do.</param>
public sealed record EmailTemplate(string Name, string Subject, string Sentence)
{
    /// <summary>The page that the email leads to, if not the case.</summary>
    public EmailPage? LeadsTo { get; init; }

    /// <summary>Whether the email asks for a decision: then it carries a link of its own and is urgent.</summary>
    public bool AsksForDecision { get; init; }

    /// <summary>
    /// Whether someone at risk may wait for what it asks, or its time is counted in hours: then it goes at any time of day and before
    /// others. All else goes in working hours.
    /// </summary>
    public bool IsUrgent { get => field || AsksForDecision; init; }

    /// <summary>The obligation whose date stands in the subject; null for none.</summary>
    public ObligationKind? Due { get; init; }

    /// <summary>Makes what is attached; null for nothing.</summary>
    public AttachmentMaker? Attachment { get; init; }

    /// <summary>For example "MAPPA: disclosure to make by 4 December 2026, MF-…". It says nothing about the person.</summary>
    /// <param name="due">When what is asked is due; null where the subject names no date.</param>
    /// <param name="isEmergency">Whether the case is an emergency now.</param>
    /// <param name="now">When the email goes; null where that is not known.</param>
    public string SubjectFor(CaseReference reference, Deadline? due = null, bool isEmergency = false, DateTimeOffset? now = null)
    {
        var when = due is null ? "" : $"{(due.At <= now ? ", was due" : " by")} {When(due)}";
        return $"{(isEmergency ? "EMERGENCY, " : "")}MAPPA: {Subject}{when}, {reference}";
    }

    private static string When(Deadline due) => due.At == LondonTime.EndOf(due.Day) ? PlainDate.Of(due.Day) : PlainDate.Of(due.At);

    /// <summary>What is not done, as the email lists it in the words of the page; null for an email without a list.</summary>
    public Func<Timetable, IEnumerable<UndoneObligation>>? Undone { get; init; }
}

/// <summary>Makes an attachment at the moment when its email goes.</summary>
/// <param name="number">Which meeting or disclosure the email is about.</param>
/// <param name="sender">The address that the email comes from.</param>
/// <param name="link">Where the email leads.</param>
public delegate EmailAttachment AttachmentMaker(CaseState state, int number, string sender, string link, DateTimeOffset now);

/// <summary>A page that emails lead to. The feature that sends them declares it; the web part of the feature says where it is.</summary>
public sealed record EmailPage(string Name);
