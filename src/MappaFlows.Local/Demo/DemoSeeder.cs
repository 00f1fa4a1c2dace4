using MappaFlows.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace MappaFlows.Local.Demo;

/// <summary>
/// Tells the demo's past: gives every command at its own time, as people would have, so that the cases have whole histories and their
/// emails. May be killed at any moment: the first day is stored first, and each command has a key, so that it is done once.
/// </summary>
internal sealed class DemoSeeder(
    ITableStore store,
    CaseloadIndex caseload,
    OutboxIndex outboxIndex,
    OutboxDispatcher outbox,
    ProductOptions product,
    TimeProvider time)
{
    private const string Table = "LocalDemo";
    private const string Partition = "demo";
    private const string Row = "caseload";

    /// <summary>The most that a clock may have to do between two commands.</summary>
    private const int MostClockSteps = 100;

    private readonly List<CaseReference> _seeded = [];

    /// <summary>Whether the store holds the demo, or a part of it.</summary>
    public async Task<bool> IsDemoAsync(CancellationToken cancellationToken) => await FindAsync(cancellationToken) is not null;

    /// <summary>Fills an empty store with the demo, or continues where a killed process stopped.</summary>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        var kept = await FindAsync(cancellationToken);
        if (kept is null && !await IsEmptyAsync(cancellationToken)) return;
        if (kept is { Properties: var properties } && (bool)properties["Done"]) return;

        var checkpoint = kept is null ? time.GetUtcNow() : (DateTimeOffset)kept.Properties["From"];
        if (kept is null) await KeepAsync(checkpoint, isDone: false, cancellationToken);
        await ReplayAsync(checkpoint, cancellationToken);
        await KeepAsync(checkpoint, isDone: true, cancellationToken);
    }

    /// <summary>Starts the orchestrations of the cases just made. The sweep does what a kill leaves undone here.</summary>
    public async Task HandOverAsync(CancellationToken cancellationToken)
    {
        foreach (var reference in _seeded) await outbox.TryDispatchAsync(reference, cancellationToken);
        _seeded.Clear();
    }

    private async Task ReplayAsync(DateTimeOffset checkpoint, CancellationToken cancellationToken)
    {
        var clock = new SeedingClock();
        await using var past = new ServiceCollection()
            .AddSingleton(store)
            .AddSingleton(product)
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IEmailTransport, LocalMailbox>()
            .AddSingleton<IDurableTaskClientProvider, DeferredOrchestrations>()
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddLogging()
            .AddWorkflows()
            .AddSingleton<IEmailRoutes>(MappaFlows.Web.WebFeatures.Create())
            .BuildServiceProvider();
        var handler = past.GetRequiredService<CommandHandler<CaseState>>();
        var queries = past.GetRequiredService<CaseQueries>();
        var dispatcher = past.GetRequiredService<OutboxDispatcher>();

        foreach (var story in SmallCaseload.Tell(LondonTime.Today(checkpoint)))
        {
            for (var i = 0; i < story.Steps.Count; i++)
            {
                var step = story.Steps[i];
                await LetClockRunAsync(story.Reference, step.At);
                clock.Now = step.At;
                var state = (await queries.TimetableAsync(story.Reference, cancellationToken))?.Case;
                if (await handler.ExecuteAsync(step.Actor, story.Reference.ToString(), step.Command(state!), $"{story.Key}/{i}", cancellationToken)
                    is CommandResult<CaseState>.Refused refused)
                {
                    throw new InvalidOperationException($"The demo case {story.Key} was refused its step {i}: {refused.Problems[0].Message}");
                }

                await dispatcher.TryDispatchAsync(story.Reference, cancellationToken);
            }

            await LetClockRunAsync(story.Reference, checkpoint);
            _seeded.Add(story.Reference);
        }

        async Task LetClockRunAsync(CaseReference reference, DateTimeOffset until)
        {
            for (var i = 0; i < MostClockSteps; i++)
            {
                var timetable = await queries.TimetableAsync(reference, cancellationToken);
                if (timetable?.NextStepAt() is not { } due || due > until) return;
                if (due > clock.Now) clock.Now = due;
                await handler.ExecuteAsync(Person.Clock, reference.ToString(), new DoWhatIsDue(), key: null, cancellationToken);
                await dispatcher.TryDispatchAsync(reference, cancellationToken);
            }
        }
    }

    private async Task<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        foreach (var area in MappaAreas.All)
        {
            if ((await caseload.CountAsync(area.Code, cancellationToken)).Count > 0) return false;
        }

        return (await outboxIndex.ListAsync(1, cancellationToken)).Count == 0;
    }

    private ValueTask<Entity?> FindAsync(CancellationToken cancellationToken) => store.GetAsync(Table, Partition, Row, cancellationToken);

    private async Task KeepAsync(DateTimeOffset from, bool isDone, CancellationToken cancellationToken) => await store.CommitAsync(
        Table,
        Partition,
        [new Upsert(Row, new Dictionary<string, object> { ["From"] = from, ["Done"] = isDone })],
        cancellationToken);
}
