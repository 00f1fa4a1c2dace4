namespace MappaFlows.DurableTask.Embedded.Tests.Properties;

/// <summary>Something that runs a program: an engine, or the model of one. Time and people are outside of it.</summary>
internal interface IWorld
{
    /// <summary>How often activities ran.</summary>
    int Runs { get; }

    Task StartAsync(Step[] program);

    /// <returns>Whether the instance was live to take it.</returns>
    Task<bool> RaiseAsync(string name, int value);

    Task SuspendAsync();

    Task ResumeAsync();

    Task TerminateAsync();

    /// <summary>Acts come one right after the other, without a wait for an answer.</summary>
    /// <param name="firstValue">The payload of the first event; each act after it has the next number.</param>
    /// <returns>Of each act, whether the instance was live to take it. Only of events is this meant.</returns>
    Task<bool[]> BurstAsync(Act[] acts, int firstValue);

    /// <summary>Time passes, at most to the next thing that happens in each step.</summary>
    Task AdvanceAsync(TimeSpan time);

    /// <summary>The clock is put forward, past everything that was due in between.</summary>
    Task JumpAsync(TimeSpan time);

    /// <summary>The host dies while nothing is going on, and another follows.</summary>
    Task RestartAsync();

    /// <summary>How the program ended, or null while it has not.</summary>
    Task<Outcome?> OutcomeAsync();
}

/// <summary>How a program ended.</summary>
/// <param name="Log">Everything it saw; null where it did not complete.</param>
internal sealed record Outcome(OrchestrationRuntimeStatus Status, string? Log, string? CustomStatus);

/// <summary>What people and clocks do to a world.</summary>
internal enum ActKind
{
    Raise,
    Advance,
    Jump,
    Suspend,
    Resume,
    Terminate,
    Restart,
    Burst,
}

/// <param name="Event">In any letter case.</param>
/// <param name="Inner">The acts of a burst.</param>
internal sealed record Act(ActKind Kind, string Event, int Hours, Act[] Inner)
{
    public Act(ActKind kind)
        : this(kind, "", 0, [])
    {
    }
}

/// <summary>Plays acts on a world, then sees the program to its end.</summary>
internal static class Play
{
    private const int MostRounds = 20;
    private const int ValuesPerAct = 100;
    private static readonly TimeSpan Round = TimeSpan.FromHours(500);

    /// <returns>How it ended, and the payloads that were taken in for each event, in order.</returns>
    public static async Task<(Outcome Outcome, ILookup<string, int> Raised)> OnAsync(IWorld world, Step[] program, Act[] acts)
    {
        var raised = new List<(string Name, int Value)>();
        await world.StartAsync(program);
        for (var i = 0; i < acts.Length; i++)
        {
            if (acts[i].Kind == ActKind.Burst)
            {
                var inner = acts[i].Inner;
                var taken = await world.BurstAsync(inner, i * ValuesPerAct);
                for (var j = 0; j < inner.Length; j++)
                {
                    if (inner[j].Kind == ActKind.Raise && taken[j])
                        raised.Add((inner[j].Event, (i * ValuesPerAct) + j));
                }
            }
            else if (acts[i].Kind != ActKind.Raise)
            {
                await DoAsync(world, acts[i]);
            }
            else if (await world.RaiseAsync(acts[i].Event, i * ValuesPerAct))
            {
                raised.Add((acts[i].Event, i * ValuesPerAct));
            }
        }
        await world.ResumeAsync();
        for (var round = 0; round < MostRounds; round++)
        {
            // A step may take the last event too: so there is one in each round.
            foreach (var name in OrchestrationProgram.Events)
                await world.RaiseAsync(name, OrchestrationProgram.LastEvent);
            await world.AdvanceAsync(Round);
        }
        var outcome = await world.OutcomeAsync();
        Assert.NotNull(outcome);
        return (outcome, raised.ToLookup(e => e.Name, e => e.Value, StringComparer.OrdinalIgnoreCase));
    }

    private static Task DoAsync(IWorld world, Act act) => act.Kind switch
    {
        ActKind.Advance => world.AdvanceAsync(TimeSpan.FromHours(act.Hours)),
        ActKind.Jump => world.JumpAsync(TimeSpan.FromHours(act.Hours)),
        ActKind.Suspend => world.SuspendAsync(),
        ActKind.Resume => world.ResumeAsync(),
        ActKind.Terminate => world.TerminateAsync(),
        ActKind.Restart => world.RestartAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    };
}
