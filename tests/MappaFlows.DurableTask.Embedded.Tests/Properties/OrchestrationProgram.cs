namespace MappaFlows.DurableTask.Embedded.Tests.Properties;

/// <summary>What a step of a random program does.</summary>
public enum StepKind
{
    /// <summary>Calls an activity, with retries.</summary>
    Work,

    /// <summary>Sets a timer and awaits it.</summary>
    Sleep,

    /// <summary>Waits for an event for as long as it takes.</summary>
    Wait,

    /// <summary>Waits for an event until a timer fires.</summary>
    Race,

    /// <summary>Runs the inner steps as an orchestration of their own.</summary>
    Child,

    /// <summary>Runs the inner steps all at once.</summary>
    Together,

    /// <summary>Sets the custom status.</summary>
    Status,

    /// <summary>Continues the rest as new.</summary>
    Continue,

    /// <summary>Throws.</summary>
    Break,
}

/// <summary>A step.</summary>
/// <param name="Event">The event that is waited for.</param>
/// <param name="Hours">Between tries, or until the timer fires.</param>
/// <param name="Failures">For how many times these hours the activity fails.</param>
/// <param name="Attempts">How often it is tried.</param>
public sealed record Step(StepKind Kind, string Event, int Hours, int Failures, int Attempts, Step[] Inner);

/// <summary>The input of a run: what is still to be done and what was seen so far.</summary>
/// <param name="Path">Tells the steps of this orchestration from those of others.</param>
/// <param name="Done">How many steps earlier runs have done.</param>
/// <param name="Drains">Whether it reads every event to the last before it ends, so that one lost or doubled would show.</param>
public sealed record Job(Step[] Steps, string Path, int Done, string[] Log, bool Drains);

/// <summary>What an activity is given: until when, by the clock on its wall, it fails.</summary>
public sealed record WorkOrder(string Key, DateTime FailsUntil);

/// <summary>An orchestrator that does what a program says. Its result is a log of everything that it saw, in order.</summary>
internal static class OrchestrationProgram
{
    public const string Name = "Program";
    public const string Work = "Work";

    /// <summary>The payload after which no other is raised.</summary>
    public const int LastEvent = -1;

    public static readonly string[] Events = ["Alpha", "Beta"];

    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(10);

    public static async Task<string> RunAsync(TaskOrchestrationContext context, Job job)
    {
        var log = job.Log.ToList();
        for (var i = 0; i < job.Steps.Length; i++)
        {
            if (job.Steps[i].Kind == StepKind.Continue)
            {
                context.ContinueAsNew(job with { Steps = job.Steps[(i + 1)..], Done = job.Done + i + 1, Log = [.. log] });
                return "";
            }
            log.AddRange(await DoAsync(context, job.Steps[i], $"{job.Path}.{job.Done + i}"));
        }
        foreach (var name in job.Drains ? Events : [])
        {
            int value;
            do
            {
                value = await context.WaitForExternalEvent<int>(name);
                log.Add($"{name}={value}");
            }
            while (value != LastEvent);
        }
        return string.Join(' ', log);
    }

    private static async Task<string[]> DoAsync(TaskOrchestrationContext context, Step step, string path)
    {
        var hours = TimeSpan.FromHours(step.Hours);
        switch (step.Kind)
        {
            case StepKind.Work:
                var order = new WorkOrder(path, context.CurrentUtcDateTime + (step.Failures * hours));
                var patience = TaskOptions.FromRetryPolicy(new RetryPolicy(step.Attempts, hours, maxRetryInterval: MaxDelay));
                return [await OrFailedAsync(context.CallActivityAsync<string>(Work, order, patience), path)];
            case StepKind.Child:
                return [await OrFailedAsync(context.CallSubOrchestratorAsync<string>(Name, new Job(step.Inner, path, 0, [], false)), path)];
            case StepKind.Together:
                var branches = await Task.WhenAll(step.Inner.Select((inner, n) => DoAsync(context, inner, $"{path}/{n}")));
                return [.. branches.SelectMany(log => log)];
            case StepKind.Sleep:
                await context.CreateTimer(hours, CancellationToken.None);
                return [];
            case StepKind.Wait:
                return [$"{step.Event}={await context.WaitForExternalEvent<int>(step.Event)}"];
            case StepKind.Race:
                return [await RaceAsync(context, step.Event, hours)];
            case StepKind.Status:
                context.SetCustomStatus(path);
                return [];
            default:
                throw new InvalidOperationException("A break.");
        }
    }

    private static async Task<string> RaceAsync(TaskOrchestrationContext context, string name, TimeSpan hours)
    {
        using var stop = new CancellationTokenSource();
        var timer = context.CreateTimer(hours, stop.Token);
        var wait = context.WaitForExternalEvent<int>(name, stop.Token);
        var winner = await Task.WhenAny(timer, wait);
        stop.Cancel();
        return winner == wait ? $"{name}={await wait}" : $"{name} lapsed";
    }

    private static async Task<string> OrFailedAsync(Task<string> task, string path)
    {
        try
        {
            return await task;
        }
        catch (TaskFailedException)
        {
            return $"{path} failed";
        }
    }
}
