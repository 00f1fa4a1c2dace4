namespace MappaFlows.Workflows.Email;

/// <summary>The words of one email: a reference and a link. No name, no offence, no category, no level.</summary>
/// <param name="Name">Is stored with each email that waits, so it lasts.</param>
/// <param name="Subject">With <c>{reference}</c> where the case's reference stands.</param>
/// <param name="Sentence">Says what to do.</param>
public sealed record EmailTemplate(string Name, string Subject, string Sentence)
{
    /// <summary>The page that the email leads to, if not the case.</summary>
    public EmailPage? LeadsTo { get; init; }

    /// <summary>Whether the email asks for a decision: then it carries a link of its own and goes before others.</summary>
    public bool AsksForDecision { get; init; }

    /// <summary>Makes what is attached; null for nothing.</summary>
    public AttachmentMaker? Attachment { get; init; }

    /// <summary>What is not done, as the email lists it by kind and number: the words of the page; null for an email without a list.</summary>
    public Func<Timetable, IEnumerable<UndoneObligation>>? Undone { get; init; }

    public string SubjectFor(CaseReference reference) => Subject.Replace("{reference}", reference.ToString(), StringComparison.Ordinal);
}

/// <summary>Makes an attachment at the moment when its email goes.</summary>
/// <param name="number">Which meeting or disclosure the email is about.</param>
/// <param name="sender">The address that the email comes from.</param>
/// <param name="link">Where the email leads.</param>
public delegate EmailAttachment AttachmentMaker(CaseState state, int number, string sender, string link, DateTimeOffset now);

/// <summary>A page that emails lead to. The feature that sends them declares it; the web part of the feature says where it is.</summary>
public sealed record EmailPage(string Name);
