using System.Buffers.Binary;

namespace MappaFlows.Workflows.Email;

/// <summary>The places that were taken in the last hour, and whether the email service is left alone.</summary>
/// <remarks>
/// A place counts for a window and <see cref="EmailDelivery.MaxHandover"/> more: the email may reach the email service that much later than
/// its place was taken. A fifth of every window is kept for urgent emails and a fifth for the others, so that neither shuts the other out.
/// </remarks>
public sealed record RateLimitWindow
{
    /// <summary>The first wait for an email service that refused without saying for how long; each further refusal doubles it.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);

    /// <summary>The longest such wait.</summary>
    public static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(15);

    /// <summary>The longest Retry-After that is accepted from the service.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromDays(1);

    /// <summary>One fifth of the places is kept for urgent emails, one fifth for the others.</summary>
    private const int ReservedShare = 5;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private RateLimitWindow()
    {
    }

    /// <summary>Nothing was sent, and no one is asked to wait.</summary>
    public static RateLimitWindow Fresh { get; } = new();

    /// <summary>
    /// Until when the email service is left alone; in the past where the next email is to find out; null where it refused nothing lately.
    /// </summary>
    public DateTimeOffset? PausedUntil { get; private init; }

    /// <summary>When the email service began to refuse.</summary>
    public DateTimeOffset? PausedSince { get; private init; }

    /// <summary>Why it is left alone, in words for people.</summary>
    public string? PauseReason { get; private init; }

    /// <summary>How often the email service has refused since it last took an email.</summary>
    public int Refusals { get; private init; }

    private IReadOnlyList<Slot> Slots { get; init; } = [];

    /// <summary>Places that count for the minute.</summary>
    public int InMinute(DateTimeOffset now) => Slots.Count(slot => slot.Counts(Minute, now));

    /// <summary>Places that count for the hour.</summary>
    public int InHour(DateTimeOffset now) => Slots.Count(slot => slot.Counts(Hour, now));

    /// <summary>Whether an email may go, and if not, until when and why.</summary>
    public RateLimitAnswer Ask(EmailRateLimits limits, bool isUrgent, DateTimeOffset now)
    {
        if (PausedUntil > now) return new(PausedUntil, PauseReason);
        if (FullUntil(Hour, limits.PerHour, isUrgent, now) is { } hour) return new(hour, "The email service accepts no more emails in this hour.");
        if (FullUntil(Minute, limits.PerMinute, isUrgent, now) is { } minute) return new(minute, "The email service accepts no more emails in this minute.");
        return new(null, null, PausedSince);
    }

    internal RateLimitWindow Take(bool isUrgent, DateTimeOffset now) =>
        this with { Slots = [.. Slots.Where(slot => slot.Counts(Hour, now)), new(now, isUrgent)] };

    internal RateLimitWindow Pause(string why, TimeSpan? retryAfter, DateTimeOffset now)
    {
        var doubled = FirstPause * Math.Pow(2, Math.Min(Refusals, 10));
        var pause = retryAfter is { } asked ? Least(asked, MaxRetryAfter) : Least(doubled, MaxPause);
        return this with
        {
            PausedSince = PausedSince ?? now,
            PausedUntil = PausedUntil > now + pause ? PausedUntil : now + pause,
            PauseReason = why,
            Refusals = Refusals + 1,
        };
    }

    internal RateLimitWindow Resume() => this with { PausedSince = null, PausedUntil = null, PauseReason = null, Refusals = 0 };

    internal Dictionary<string, object> Properties()
    {
        // A moment in ticks is never negative: the sign tells what was urgent.
        var slots = new byte[Slots.Count * sizeof(long)];
        for (var i = 0; i < Slots.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(
                slots.AsSpan(i * sizeof(long)),
                Slots[i].IsUrgent ? -Slots[i].At.UtcTicks : Slots[i].At.UtcTicks);
        }

        var properties = new Dictionary<string, object> { [nameof(Slots)] = slots, [nameof(Refusals)] = Refusals };
        if (PausedSince is { } since) properties[nameof(PausedSince)] = since;
        if (PausedUntil is { } until) properties[nameof(PausedUntil)] = until;
        if (PauseReason is { } why) properties[nameof(PauseReason)] = why;
        return properties;
    }

    internal static RateLimitWindow Of(IReadOnlyDictionary<string, object> properties)
    {
        var bytes = (byte[])properties[nameof(Slots)];
        var slots = new Slot[bytes.Length / sizeof(long)];
        for (var i = 0; i < slots.Length; i++)
        {
            var ticks = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(i * sizeof(long)));
            slots[i] = new(new(Math.Abs(ticks), TimeSpan.Zero), ticks < 0);
        }

        return new()
        {
            Slots = slots,
            Refusals = (int)properties[nameof(Refusals)],
            PausedSince = (DateTimeOffset?)properties.GetValueOrDefault(nameof(PausedSince)),
            PausedUntil = (DateTimeOffset?)properties.GetValueOrDefault(nameof(PausedUntil)),
            PauseReason = (string?)properties.GetValueOrDefault(nameof(PauseReason)),
        };
    }

    /// <summary>When a window that is full has a place again; null where it has one.</summary>
    private DateTimeOffset? FullUntil(TimeSpan window, int? limit, bool isUrgent, DateTimeOffset now)
    {
        if (limit is not { } most) return null;
        var counting = Slots.Where(slot => slot.Counts(window, now)).OrderBy(slot => slot.At).ToList();
        var own = counting.Where(slot => slot.IsUrgent == isUrgent).ToList();
        var all = FreeAt(counting, most);
        var lane = FreeAt(own, most - most / ReservedShare);
        return all > lane || lane is null ? all : lane;

        DateTimeOffset? FreeAt(List<Slot> slots, int allowed) =>
            slots.Count < allowed ? null : slots[slots.Count - allowed].At + window + EmailDelivery.MaxHandover;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private readonly record struct Slot(DateTimeOffset At, bool IsUrgent)
    {
        public bool Counts(TimeSpan window, DateTimeOffset now) => At + window + EmailDelivery.MaxHandover > now;
    }
}
