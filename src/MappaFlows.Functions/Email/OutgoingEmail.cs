namespace MappaFlows.Functions.Email;

/// <summary>One email to one person. By house rule it holds a reference and a link, nothing of the case itself.</summary>
public sealed record OutgoingEmail(string To, string Subject, string PlainText, string? Html = null)
{
    public IReadOnlyList<OutgoingAttachment> Attachments { get; init; } = [];
}

/// <summary>An attached file: an invitation (<c>text/calendar</c>).</summary>
public sealed record OutgoingAttachment(string Name, string ContentType, ReadOnlyMemory<byte> Content);
