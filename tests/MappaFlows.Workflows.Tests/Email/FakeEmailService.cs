
namespace MappaFlows.Workflows.Tests.Email;

/// <summary>
/// An email service as Azure's is: it knows an operation again for five minutes and not longer, and can fail on either side of taking an
/// email.
/// </summary>
internal sealed class FakeEmailService(EmailRateLimits limits, TimeProvider time) : IEmailTransport
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, DateTimeOffset> _known = [];
    private readonly List<DateTimeOffset> _requests = [];
    private readonly List<(DateTimeOffset At, Guid Operation, OutgoingEmail Email)> _taken = [];

    public EmailRateLimits Limits { get; } = limits;

    /// <summary>What it does with each request; null for taking the email.</summary>
    public Func<Guid, Fate> Fate { get; set; } = _ => Email.Fate.Take;

    /// <summary>How many requests there were, whatever came of them.</summary>
    public int Requests
    {
        get
        {
            lock (_gate) return _requests.Count;
        }
    }

    /// <summary>The most requests in any time of this length.</summary>
    public int MostIn(TimeSpan window)
    {
        lock (_gate) return _requests.Max(last => _requests.Count(at => at <= last && at > last - window));
    }

    /// <summary>What was taken: a recipient gets each.</summary>
    public IReadOnlyList<(DateTimeOffset At, Guid Operation, OutgoingEmail Email)> Taken
    {
        get
        {
            lock (_gate) return [.. _taken];
        }
    }

    public Task<SendOutcome> SendAsync(OutgoingEmail email, Guid operationId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _requests.Add(time.GetUtcNow());
            var fate = Fate(operationId);
            if (fate.Answer is { } answer) return Task.FromResult(answer);
            var isKnown = _known.TryGetValue(operationId, out var at) && time.GetUtcNow() < at + TimeSpan.FromMinutes(5);
            if (!isKnown && fate.Takes)
            {
                _known[operationId] = time.GetUtcNow();
                _taken.Add((time.GetUtcNow(), operationId, email));
            }

            if (fate.Breaks) throw new IOException("The connection broke.");
            return Task.FromResult<SendOutcome>(isKnown ? new SendOutcome.AcceptedBefore() : new SendOutcome.Accepted());
        }
    }
}

/// <summary>What becomes of a request.</summary>
internal sealed record Fate(bool Takes, bool Breaks, SendOutcome? Answer = null)
{
    public static Fate Take { get; } = new(true, false);

    public static Fate TakeAndBreak { get; } = new(true, true);

    public static Fate Break { get; } = new(false, true);

    public static Fate Say(SendOutcome answer) => new(false, false, answer);
}
