using System.Text.Json;
using CsCheck;
using MappaFlows.DurableTask.Embedded.Tests.Faults;
using MappaFlows.Testing.Tables;

namespace MappaFlows.DurableTask.Embedded.Tests.Properties;

/// <summary>
/// Random programs, acted upon at random, end on the engine as on the model: with the same result, with every event seen once and in order,
/// with each activity's result used once. A failing seed is printed, and CsCheck_Seed replays it; MAPPAFLOWS_FAULT_ROUNDS makes the search
/// longer.
/// </summary>
[Trait("Category", "Property")]
public sealed class ProgramTests
{
    private const int IterationsPerRound = 20;

    private static readonly Gen<string> GenEvent = Gen.OneOf(OrchestrationProgram.Events);

    private static readonly Gen<Step> GenSimple = GenStep(
        Gen.Frequency((4, StepKind.Work), (2, StepKind.Sleep)), Gen.Const(Array.Empty<Step>()));

    private static readonly Gen<Step> GenInChild = GenStep(
        Gen.Frequency((5, StepKind.Work), (3, StepKind.Sleep), (1, StepKind.Status), (1, StepKind.Continue), (1, StepKind.Break)),
        Gen.Const(Array.Empty<Step>()));

    private static readonly Gen<Step> GenTop = Gen.Frequency(
        (8, GenStep(
            Gen.Frequency(
                (5, StepKind.Work),
                (2, StepKind.Sleep),
                (3, StepKind.Wait),
                (5, StepKind.Race),
                (2, StepKind.Status),
                (3, StepKind.Continue)),
            Gen.Const(Array.Empty<Step>()))),
        (2, GenStep(Gen.Const(StepKind.Child), GenInChild.Array[1, 3])),
        (2, GenStep(Gen.Const(StepKind.Together),
            Gen.Frequency((3, GenSimple), (1, GenStep(Gen.Const(StepKind.Child), GenInChild.Array[1, 2]))).Array[2, 4])));

    private static readonly Gen<Step[]> GenProgram = Gen.Frequency(
        (9, GenTop.Array[1, 7]),
        (1, Gen.Select(GenTop.Array[0, 3], GenStep(Gen.Const(StepKind.Break), Gen.Const(Array.Empty<Step>())), (steps, end) =>
            (Step[])[.. steps, end])));

    // Most of what a burst can come between: events are waited for, and the rest continues as new.
    private static readonly Gen<Step[]> GenLoopProgram = GenStep(
        Gen.Frequency((4, StepKind.Wait), (2, StepKind.Race), (4, StepKind.Continue), (1, StepKind.Work), (1, StepKind.Status)),
        Gen.Const(Array.Empty<Step>())).Array[4, 14];

    private static readonly Gen<string> GenEventInAnyCase = Gen.Select(
        GenEvent,
        Gen.Int[0, 2],
        (name, letters) => letters switch { 0 => name, 1 => name.ToUpperInvariant(), _ => name.ToLowerInvariant() });

    private static readonly Gen<Act> GenAct = Gen.Select(
        Gen.Frequency(
            (8, ActKind.Raise), (5, ActKind.Advance), (2, ActKind.Jump), (1, ActKind.Suspend), (2, ActKind.Resume), (1, ActKind.Restart)),
        GenEventInAnyCase,
        Gen.Int[1, 12],
        (kind, name, hours) => new Act(kind, name, hours, []));

    // Few are terminated: most that a program does would go unseen.
    private static readonly Gen<Act[]> GenActs = Gen.Frequency(
        (12, GenAct.Array[0, 12]),
        (1, Gen.Select(GenAct.Array[0, 5], GenAct.Array[0, 3], (before, after) =>
            (Act[])[.. before, new Act(ActKind.Terminate), .. after])));

    // A burst leaves the instance resumed: whoever suspends it for long is among the other acts.
    private static readonly Gen<Act[]> GenBurst = Gen.Select(
        Gen.Frequency((6, ActKind.Raise), (1, ActKind.Suspend), (1, ActKind.Resume)),
        GenEventInAnyCase,
        (kind, name) => new Act(kind, name, 0, [])).Array[2, 8];

    private static readonly Gen<Act[]> GenBursts = Gen.Frequency(
        (1, GenAct),
        (2, Gen.Select(GenBurst, acts => new Act(ActKind.Burst, "", 0, [.. acts, new Act(ActKind.Resume)]))))
        .Array[1, 8];

    private static readonly Gen<Act[]> GenTerminatedBurst = Gen.Select(GenAct.Array[0, 2], GenBurst, (acts, burst) =>
        (Act[])[.. acts, new Act(ActKind.Burst, "", 0, [.. burst, new Act(ActKind.Resume), new Act(ActKind.Terminate)])]);

    private static readonly Gen<Death> GenDeath = Gen.Select(
        Gen.Int[1, 14],
        Gen.Bool,
        (commit, after) => new Death(commit, after ? Moment.After : Moment.Before));

    private static readonly Gen<int> GenCached = Gen.OneOf(1, 1000);

    [Fact]
    public Task Any_program_ends_as_on_the_model() =>
        CheckAsync(GenProgram, GenActs, Gen.Select(Gen.Bool, GenCached, (replays, cached) => new Trial(replays, cached, [], null)));

    [Fact]
    public Task Any_program_ends_as_on_the_model_however_often_and_wherever_its_host_dies() =>
        CheckAsync(
            GenProgram,
            GenActs,
            Gen.Select(Gen.Bool, GenCached, GenDeath.Array[1, 6], (replays, cached, deaths) => new Trial(replays, cached, deaths, null)));

    [Fact]
    public Task Any_program_ends_as_on_the_model_whatever_commits_and_reads_fail() =>
        CheckAsync(
            GenProgram,
            GenActs,
            Gen.Select(Gen.Bool, GenCached, Gen.Int, (replays, cached, seed) => new Trial(replays, cached, [], seed)));

    [Fact]
    public Task Any_program_ends_as_on_the_model_when_acts_come_in_bursts() =>
        CheckAsync(
            Gen.OneOf(GenProgram, GenLoopProgram),
            GenBursts,
            Gen.Select(Gen.Bool, GenCached, (replays, cached) => new Trial(replays, cached, [], null)),
            rounds: 2);

    [Fact]
    public Task Any_program_that_is_terminated_in_a_burst_is_terminated() =>
        CheckAsync(
            GenLoopProgram,
            GenTerminatedBurst,
            Gen.Select(Gen.Bool, GenCached, (replays, cached) => new Trial(replays, cached, [], null)),
            rounds: 4);

    [Fact]
    public Task Any_program_ends_as_on_the_model_when_acts_come_in_bursts_and_commits_and_reads_fail() =>
        CheckAsync(
            Gen.OneOf(GenProgram, GenLoopProgram),
            GenBursts,
            Gen.Select(Gen.Bool, GenCached, Gen.Int, (replays, cached, seed) => new Trial(replays, cached, [], seed)));

    private static Gen<Step> GenStep(Gen<StepKind> kind, Gen<Step[]> inner) => Gen.Select(
        kind, GenEvent, Gen.Int[1, 9], Gen.Int[0, 4], Gen.Int[1, 4], inner,
        (k, name, hours, failures, attempts, steps) => new Step(k, name, hours, failures, attempts, steps));

    private static Task CheckAsync(Gen<Step[]> programs, Gen<Act[]> someActs, Gen<Trial> trials, int rounds = 1) =>
        Gen.Select(programs, someActs, trials).SampleAsync(
        async (program, acts, trial) =>
        {
            var model = new ModelWorld(EmbeddedHost.Epoch);
            var (expected, _) = await Play.OnAsync(model, program, acts);
            await using var engine = new EngineWorld(trial);
            var (found, raised) = await Play.OnAsync(engine, program, acts);

            if (acts.Any(act => act.Inner.Any(inner => inner.Kind == ActKind.Terminate)))
            {
                // How far it came before it was terminated nobody can say.
                Assert.Equal(expected.Status, found.Status);
                return;
            }
            Assert.Equal(expected, found);
            if (trial.Deaths.Length == 0)
                Assert.Equal(model.Runs, engine.Runs);
            else
                Assert.InRange(engine.Runs, model.Runs, model.Runs + trial.Deaths.Length * 10);
            if (found.Log is { } log)
            {
                foreach (var name in OrchestrationProgram.Events)
                    Assert.Equal(raised[name], SeenOf(name, log));
            }
        },
        iter: IterationsPerRound * rounds * FaultSeeds.Rounds,
        threads: 1,
        print: c => JsonSerializer.Serialize(new { Program = c.Item1, Acts = c.Item2, Trial = c.Item3 }));

    private static IEnumerable<int> SeenOf(string name, string log) => log.Split(' ')
        .Where(word => word.StartsWith(name + "=", StringComparison.Ordinal))
        .Select(word => int.Parse(word.AsSpan(name.Length + 1), System.Globalization.CultureInfo.InvariantCulture))
        .Where(value => value != OrchestrationProgram.LastEvent);
}
