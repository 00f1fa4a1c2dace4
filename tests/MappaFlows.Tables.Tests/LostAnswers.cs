namespace MappaFlows.Tables.Tests;

/// <summary>
/// Stands between the Azure client and the service, and loses or replaces what the test says. Commits are the requests to <c>$batch</c>.
/// </summary>
internal sealed class LostAnswers(LostAnswers.Act act) : DelegatingHandler(new SocketsHttpHandler())
{
    /// <param name="number">From 1, the how-manieth commit request this is.</param>
    /// <param name="send">Passes the request on to the service.</param>
    public delegate Task<HttpResponseMessage> Act(int number, Func<Task<HttpResponseMessage>> send);

    private int _commits;

    /// <summary>The commit requests so far.</summary>
    public int Commits => _commits;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.RequestUri!.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal)
            ? act(Interlocked.Increment(ref _commits), () => base.SendAsync(request, cancellationToken))
            : base.SendAsync(request, cancellationToken);
}

/// <summary>Every wait is over at once, and is remembered.</summary>
internal sealed class ImpatientTime : TimeProvider
{
    public List<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (Waits)
            Waits.Add(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
