using System.Globalization;
using Azure;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Tables.Cloud;

/// <summary>
/// How often and after which wait a request is tried again: six times, in under a minute unless the service asks for longer waits.
/// </summary>
internal sealed class RetryPolicy(TimeProvider time, ILogger logger)
{
    public const int Attempts = 7;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRequestedWait = TimeSpan.FromSeconds(30);

    /// <summary>A read can be repeated, whether it succeeded or not.</summary>
    public async Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await read(cancellationToken);
            }
            catch (Exception error) when (CloudError.IsOfTheService(error))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var failure = CloudError.Classify(error, cancellationToken);
                if (attempt == Attempts || failure is not (CloudFailure.NotBegun or CloudFailure.AnswerLost))
                    throw CloudError.ToException(error);
                await WaitAsync(attempt, error, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Waits before the next attempt: as long as the service asks (within bounds), or twice as long each time, at random between half and
    /// all of it.
    /// </summary>
    public Task WaitAsync(int attempt, Exception error, CancellationToken cancellationToken)
    {
        var wait = RequestedWait(error) ?? TimeSpan.FromTicks(
            (long)(Math.Min(LongestWait.Ticks, FirstWait.Ticks << (attempt - 1)) * (0.5 + (Random.Shared.NextDouble() / 2))));
        var failure = (error as RequestFailedException)?.Status.ToString(CultureInfo.InvariantCulture) ?? error.GetType().Name;
        Log.AttemptFailed(logger, attempt, failure, wait);
        return Task.Delay(wait, time, cancellationToken);
    }

    private TimeSpan? RequestedWait(Exception error)
    {
        if ((error as RequestFailedException)?.GetRawResponse() is not { } response || !response.Headers.TryGetValue("Retry-After", out var text))
            return null;
        TimeSpan wait;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            wait = TimeSpan.FromSeconds(seconds);
        else if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            wait = date - time.GetUtcNow();
        else
            return null;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestRequestedWait ? LongestRequestedWait : wait;
    }
}
