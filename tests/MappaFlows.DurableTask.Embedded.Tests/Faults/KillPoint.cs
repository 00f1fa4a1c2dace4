using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.DurableTask.Embedded.Tests.Faults;

/// <summary>A moment in some work at which it matters how a host dies: before or after the first commit that is the one.</summary>
internal sealed record KillPoint(string Name, Scenario Scenario, Func<StoreCommit, bool> IsIt, Moment Moment)
{
    private const string Child = "child";
    private const int LongRun = 150;

    /// <summary>How far apart the timers of the clock's scenario are.</summary>
    public static readonly TimeSpan Nap = TimeSpan.FromDays(1);

    private static readonly Scenario Work = new(
        "one activity",
        r => r
            .AddActivity("Act", services => new Act(services.GetRequiredService<ITableStore>()))
            .AddOrchestratorFunc<int, string>("Main", async (c, n) => $"{await c.CallActivityAsync<int>("Act", n)}"),
        async host =>
        {
            await Scenario.StartAsync(host, 1);
            await host.WhenIdleAsync();
        },
        "1");

    private static readonly Scenario Bell = new(
        "a bell before the start",
        r => r.AddOrchestratorFunc<int, string>("Main", (c, _) => c.WaitForExternalEvent<string>("Bell")),
        async host =>
        {
            if (await host.Client.GetInstanceAsync(Scenario.Main) is null)
            {
                await host.Client.ScheduleNewOrchestrationInstanceAsync(
                    "Main",
                    0,
                    new StartOrchestrationOptions(Scenario.Main, host.Now + Nap));
                await host.Client.RaiseEventAsync(Scenario.Main, "Bell", "rung");
            }
            await host.AdvanceAsync(2 * Nap);
        },
        "rung");

    private static readonly Scenario ShortRuns = Runs(3);

    private static readonly Scenario LongRuns = Runs(LongRun);

    private static readonly Scenario Family = new(
        "a child",
        r => r
            .AddActivity("Act", services => new Act(services.GetRequiredService<ITableStore>()))
            .AddOrchestratorFunc<int, int>("Child", (c, n) => c.CallActivityAsync<int>("Act", n))
            .AddOrchestratorFunc<int, string>("Main", async (c, n) =>
                $"{await c.CallSubOrchestratorAsync<int>("Child", n, new TaskOptions().WithInstanceId(Child))}"),
        async host =>
        {
            await Scenario.StartAsync(host, 1);
            await host.WhenIdleAsync();
        },
        "1");

    private static readonly Scenario Clock = new(
        "two timers, one after the other",
        r => r.AddOrchestratorFunc<int, string>("Main", async (c, _) =>
        {
            var began = c.CurrentUtcDateTime;
            await c.CreateTimer(Nap, CancellationToken.None);
            var between = c.CurrentUtcDateTime;
            await c.CreateTimer(Nap, CancellationToken.None);
            return between >= began + Nap && c.CurrentUtcDateTime >= between + Nap ? "in order" : $"{began:O} {between:O} {c.CurrentUtcDateTime:O}";
        }),
        async host =>
        {
            await Scenario.StartAsync(host, 0);
            await host.AdvanceAsync(3 * Nap);
        },
        "in order");

    public static readonly KillPoint BeforeACommit = new("before a commit", Work, c => Has<ExecutionStarted>(c, Scenario.Main), Moment.Before);

    public static readonly KillPoint AfterACommit = new("after a commit", Work, c => Has<ExecutionStarted>(c, Scenario.Main), Moment.After);

    public static readonly KillPoint ActivityDone = new("activity done, not recorded", Work, c => c.Table == Act.Table, Moment.After);

    public static readonly KillPoint ActivityBeingRecorded = new("activity being recorded", Work, c => Has<TaskCompleted>(c, Scenario.Main), Moment.Before);

    public static readonly KillPoint EventBeforeStart = new("event before the start", Bell, c => Has<EventRaised>(c, Scenario.Main), Moment.After);

    public static readonly KillPoint BeforeContinueAsNew = new("before ContinueAsNew", ShortRuns, EndsFirstRun, Moment.Before);

    public static readonly KillPoint AfterContinueAsNew = new("after ContinueAsNew", ShortRuns, EndsFirstRun, Moment.After);

    public static readonly KillPoint ContinueAsNewPrepared = new(
        "ContinueAsNew written down, not decided", LongRuns, c => c.Changes.Any(change => change.Row == Keys.RedoChunk(0)), Moment.After);

    public static readonly KillPoint ContinueAsNewDecided = new("ContinueAsNew decided, not done", LongRuns, IsDecision, Moment.After);

    public static readonly KillPoint ContinueAsNewHalfDone = new("ContinueAsNew half done", LongRuns, EndsFirstRun, Moment.After);

    public static readonly KillPoint AfterChildsCompletion = new("after a child's completion", Family, c => Has<ExecutionCompleted>(c, Child), Moment.After);

    public static readonly KillPoint AfterCompletion = new("after the completion", Work, c => Has<ExecutionCompleted>(c, Scenario.Main), Moment.After);

    public static readonly KillPoint TimerSet = new("timer set", Clock, c => Has<TimerCreated>(c, Scenario.Main), Moment.After);

    public static readonly KillPoint TimerFiredUnrecorded = new("timer fired, not recorded", Clock, c => Has<TimerFired>(c, Scenario.Main), Moment.Before);

    public static readonly KillPoint TimerFiredRecorded = new("timer fired and recorded", Clock, c => Has<TimerFired>(c, Scenario.Main), Moment.After);

    private static readonly KillPoint[] All =
    [
        BeforeACommit, AfterACommit, ActivityDone, ActivityBeingRecorded, EventBeforeStart, BeforeContinueAsNew, AfterContinueAsNew,
            ContinueAsNewPrepared,
        ContinueAsNewDecided, ContinueAsNewHalfDone, AfterChildsCompletion, AfterCompletion, TimerSet, TimerFiredUnrecorded,
            TimerFiredRecorded,
    ];

    public static KillPoint Named(string name) => All.Single(point => point.Name == name);

    /// <summary>
    /// A run of so many activities, and one that reads an event which the first left alone, and finds the time no earlier.
    /// </summary>
    private static Scenario Runs(int activities) => new(
        $"two runs of {activities} activities",
        r => r
            .AddActivityFunc<int, int>("Same", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<long, string>("Main", async (c, before) =>
            {
                if (before > 0)
                    return c.CurrentUtcDateTime.Ticks < before ? "the time went back" : await c.WaitForExternalEvent<string>("Carried");
                await c.WaitForExternalEvent<string>("Go");
                for (var i = 0; i < activities; i++)
                    await c.CallActivityAsync<int>("Same", i);
                c.ContinueAsNew(c.CurrentUtcDateTime.Ticks);
                return "";
            }),
        async host =>
        {
            if (await host.Client.GetInstanceAsync(Scenario.Main) is null)
            {
                await Scenario.StartAsync(host, 0);
                await host.Client.RaiseEventAsync(Scenario.Main, "Carried", "over");
                await host.Client.RaiseEventAsync(Scenario.Main, "Go", "");
            }
            await host.WhenIdleAsync();
        },
        "over");

    private static bool Has<TEvent>(StoreCommit commit, string instanceId) where TEvent : HistoryEvent =>
        commit.Changes.OfType<Insert>()
            .Where(change => change.Row.StartsWith(Keys.History(instanceId), StringComparison.Ordinal))
            .Any(change => TurnCodec.Decode((byte[])change.Properties["Events"]).Exists(e => e is TEvent));

    private static bool EndsFirstRun(StoreCommit commit) =>
        commit.Changes.Any(change => change is Delete && change.Row == Keys.Turn(Scenario.Main, 0, 0));

    private static bool IsDecision(StoreCommit commit) =>
        commit.Changes is [Replace { Row: Keys.Host } host] && (int)host.Properties["Redo"] > 0;

    /// <summary>An activity whose doing can be counted: it writes a row, as the product's do.</summary>
    public sealed class Act(ITableStore store) : TaskActivity<int, int>
    {
        public const string Table = "Acts";
        public const string Partition = "done";

        public override async Task<int> RunAsync(TaskActivityContext context, int input)
        {
            await store.CommitAsync(
                Table,
                Partition,
                [new Insert(Guid.NewGuid().ToString("N"), new Dictionary<string, object> { ["Input"] = input })]);
            return input;
        }
    }
}
