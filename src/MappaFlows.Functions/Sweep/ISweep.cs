namespace MappaFlows.Functions.Sweep;

/// <summary>Finds what was left undone: doorbells not rung, emails not sent, dates that no timer served. Safe to run twice, and beside itself.</summary>
public interface ISweep
{
    Task<SweepResult> RunAsync(CancellationToken cancellationToken);
}

/// <summary>What one sweep found.</summary>
/// <param name="DoorbellsRung">Bells of the outbox that had not been confirmed.</param>
/// <param name="EmailsSent">Notifications of the outbox that had not been confirmed.</param>
/// <param name="DeadLetters">Notifications given up in this sweep, after their last try.</param>
/// <param name="MissedDates">Due dates that had passed with no timer to serve them.</param>
public sealed record SweepResult(int DoorbellsRung, int EmailsSent, int DeadLetters, int MissedDates);
