namespace MappaFlows.Functions.Telemetry;

/// <summary>
/// A failure as it may leave the app: of what kind, and where, but not in its own words, which may quote what was typed. The Functions host
/// writes the exception into its own log, past our filters, and Durable Functions writes it into an instance's history.
/// </summary>
public sealed class RedactedException : Exception
{
    private readonly Exception _failure;

    private RedactedException(Exception failure)
        : base(string.Join(", caused by ", Chain(failure).Select(link => link.GetType().FullName))) =>
        _failure = failure;

    public override string? StackTrace => _failure.StackTrace;

    /// <summary>The failure without its own words.</summary>
    public static RedactedException Of(Exception failure) => failure as RedactedException ?? new(failure);

    /// <summary>Runs what a function does. A cancellation leaves as it is: the host knows it by its type.</summary>
    /// <exception cref="RedactedException">It failed.</exception>
    public static async Task<T> WrapAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new RedactedException(failure);
        }
    }

    /// <inheritdoc cref="WrapAsync{T}"/>
    public static Task WrapAsync(Func<Task> work) => WrapAsync<object?>(async () =>
    {
        await work();
        return null;
    });

    private static IEnumerable<Exception> Chain(Exception failure)
    {
        for (var link = failure; link is not null; link = link.InnerException)
            yield return link;
    }
}
