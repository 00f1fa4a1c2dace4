namespace MappaFlows.Web.Pages.Cases;

/// <summary>An event of a case as its timeline shows it.</summary>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Details">What else is worth reading, line by line.</param>
/// <param name="By">Who did it; null where the clock did.</param>
/// <param name="When">The moment.</param>
/// <param name="Sequence">The event's place in its case, from 1.</param>
public sealed record TimelineEntry(string Title, IReadOnlyList<TimelineDetail> Details, string? By, DateTimeOffset When, long Sequence)
{
    /// <param name="nameOf">The name of the person with this id.</param>
    public static TimelineEntry Of(RecordedEvent recorded, CaseWeb web, Func<string, string> nameOf)
    {
        var text = web.EntryFor((CaseEvent)recorded.Event, nameOf);
        var by = recorded.ActorId == Person.Clock.Id ? null : recorded.ActorName;
        return new(text.Title, [.. text.Details.OfType<TimelineDetail>()], by, recorded.At, recorded.Sequence);
    }
}

/// <summary>A line of an entry: what someone wrote, or what a date or choice is.</summary>
/// <param name="Label">What it is; null where the text speaks for itself.</param>
/// <param name="Text">As it was recorded; may have several lines.</param>
public sealed record TimelineDetail(string? Label, string Text)
{
    /// <summary>The line; null where there is nothing to show.</summary>
    public static TimelineDetail? Line(string? label, string? text) => string.IsNullOrWhiteSpace(text) ? null : new(label, text.Trim());
}

/// <summary>What a feature says of one of its events.</summary>
public sealed record TimelineText(string Title, params IEnumerable<TimelineDetail?> Details);

/// <summary>What an entry may need besides its event.</summary>
/// <param name="NameOf">The name of the person with this id.</param>
public sealed record TimelineWords(Func<string, string> NameOf, CaseWeb Web);
