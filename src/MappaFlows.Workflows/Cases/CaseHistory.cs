namespace MappaFlows.Workflows.Cases;

/// <summary>What happened in a case, for someone who reads it: never more than their view shows.</summary>
public sealed class CaseHistory(StreamStore streams, StreamVerifier verifier, CaseModel model)
{
    /// <summary>How many events are looked at in one go for the screening decision, which is among the first.</summary>
    private const int EventsAtATime = 20;

    /// <summary>A page of events, the newest first.</summary>
    /// <param name="before">The sequence before which to begin; null for the newest.</param>
    public async Task<EventPage> NewestAsync(CaseView view, long? before, int take, CancellationToken cancellationToken = default)
    {
        var length = await LengthAsync(view, cancellationToken);
        var from = Math.Clamp(before ?? length + 1, 1, length + 1);
        return Page(
            view,
            length,
            await streams.NewestEventsAsync(model.Events, model.Stream(view.Case.Reference), from, take, cancellationToken));
    }

    /// <summary>A page of events, the oldest first.</summary>
    /// <param name="after">The sequence after which to begin; 0 for the first.</param>
    public async Task<EventPage> AfterAsync(CaseView view, long after, int take, CancellationToken cancellationToken = default)
    {
        var length = await LengthAsync(view, cancellationToken);
        var most = (int)Math.Clamp(length - after, 0, take);
        return Page(
            view,
            length,
            most == 0 ? [] : await streams.EventsAsync(model.Events, model.Stream(view.Case.Reference), after, most, cancellationToken));
    }

    /// <summary>Goes through the whole record: its events, and whether the stored state is the one that they make.</summary>
    /// <returns>The first event that is not what was recorded; the newest where it is the state; null where all is whole.</returns>
    /// <exception cref="InvalidOperationException">The reader sees only a part of it, which says nothing of the rest.</exception>
    public Task<long?> VerifyAsync(CaseView view, CancellationToken cancellationToken = default) => view.IsWhole
        ? VerifyAsync(view.Case.Reference, cancellationToken)
        : throw new InvalidOperationException("Only a reader of the whole record can check it.");

    private async Task<long?> VerifyAsync(CaseReference reference, CancellationToken cancellationToken)
    {
        if (await verifier.VerifyAsync(model.Stream(reference), to: null, cancellationToken) is { } broken) return broken;
        var check = await verifier.CheckAsync(model, reference.ToString(), cancellationToken);
        if (check.BrokenAt is not null || check.IsState != false) return check.BrokenAt;
        return (await streams.HeadAsync(model.Stream(reference), cancellationToken))?.Sequence;
    }

    /// <summary>
    /// How many events the reader may see. What belongs to the referral ends with the screening decision, and everything before that
    /// belongs to it: the reader of a part sees the record from its first event to that one, without a gap.
    /// </summary>
    private async Task<long> LengthAsync(CaseView view, CancellationToken cancellationToken)
    {
        if (view.IsWhole) return view.Case.Version;
        if (!view.ShowsReferral) return 0;
        for (var length = 0L; ;)
        {
            var page = await streams.EventsAsync(model.Events, model.Stream(view.Case.Reference), length, EventsAtATime, cancellationToken);
            foreach (var recorded in page)
            {
                if (!view.Shows(recorded.Event)) return length;
                length = recorded.Sequence;
                if (recorded.Event is ReferralAccepted or ReferralRefused) return length;
            }

            if (page.Count < EventsAtATime) return length;
        }
    }

    private static EventPage Page(CaseView view, long length, IReadOnlyList<RecordedEvent> events) =>
        new([.. events.Where(recorded => view.Shows(recorded.Event))], length);
}

/// <summary>A page of what happened.</summary>
/// <param name="Length">How many events there are for this reader.</param>
public sealed record EventPage(IReadOnlyList<RecordedEvent> Events, long Length);
