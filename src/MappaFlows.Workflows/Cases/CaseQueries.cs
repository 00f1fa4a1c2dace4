namespace MappaFlows.Workflows.Cases;

/// <summary>Where every case is read.</summary>
public sealed class CaseQueries(StreamStore streams, CaseModel model, PolicyBook policy, WorkingCalendar calendar)
{
    /// <summary>The case as this person may read it; null where there is none, or none that is theirs to read.</summary>
    public async Task<CaseView?> OpenAsync(Person reader, CaseReference reference, CancellationToken cancellationToken = default) =>
        await TimetableAsync(reference, cancellationToken) is { } timetable ? model.View(reader, timetable) : null;

    /// <summary>The whole case and everything it waits for, for the product itself; null where there is no such case.</summary>
    public async Task<Timetable?> TimetableAsync(CaseReference reference, CancellationToken cancellationToken = default) =>
        await streams.LoadAsync(model, reference.ToString(), cancellationToken) is { State: var state } ? TimetableOf(state) : null;

    /// <summary>What this case waits for.</summary>
    internal Timetable TimetableOf(CaseState state) => model.TimetableOf(state, policy, calendar);
}
