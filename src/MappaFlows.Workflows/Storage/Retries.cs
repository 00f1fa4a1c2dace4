using MappaFlows.Tables;
using Polly;
using Polly.Retry;

namespace MappaFlows.Workflows.Storage;

/// <summary>What several instances write at the same time is read and written again. One bound for all: twenty times.</summary>
public static class Retries
{
    /// <summary>How often a write is tried when others are first.</summary>
    public const int MaxAttempts = 20;

    /// <summary>For a write that throws when others were first.</summary>
    public static ResiliencePipeline Conflicts { get; } = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = MaxAttempts - 1,
            Delay = TimeSpan.Zero,
            ShouldHandle = new PredicateBuilder().Handle<EntityExistsException>().Handle<EntityChangedException>(),
        })
        .Build();

    /// <summary>For a write that answers null when others were first.</summary>
    /// <param name="tryAsync">Is told whether it is tried again, and so has to read again.</param>
    /// <returns>What was written; null where others were first every time.</returns>
    public static async ValueTask<T?> UntilWrittenAsync<T>(
        Func<bool, CancellationToken, ValueTask<T?>> tryAsync,
        CancellationToken cancellationToken)
        where T : struct
    {
        var attempt = 0;
        return await Of<T>.Unwritten.ExecuteAsync(token => tryAsync(attempt++ > 0, token), cancellationToken);
    }

    private static class Of<T>
        where T : struct
    {
        public static ResiliencePipeline<T?> Unwritten { get; } = new ResiliencePipelineBuilder<T?>()
            .AddRetry(new RetryStrategyOptions<T?>
            {
                MaxRetryAttempts = MaxAttempts - 1,
                Delay = TimeSpan.Zero,
                ShouldHandle = static attempt => ValueTask.FromResult(attempt.Outcome is { Exception: null, Result: null }),
            })
            .Build();
    }
}
