using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MappaFlows.Workflows.Email;

/// <summary>How an email stands.</summary>
internal enum DeliveryStatus
{
    /// <summary>A sender is sending it, or crashed while sending.</summary>
    Claimed,

    /// <summary>It stands in the queue.</summary>
    Waiting,

    /// <summary>The email service has it.</summary>
    Sent,

    /// <summary>It arrived.</summary>
    Delivered,

    /// <summary>No one has to be written to any more.</summary>
    Void,

    /// <summary>No one got it.</summary>
    Undelivered,
}

/// <summary>What is known of one email, and what each answer and each report changes. Kept as long as the case.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="Since">When it was first to be sent.</param>
/// <param name="At">When it last changed.</param>
internal sealed record EmailDelivery(DeliveryStatus Status, DateTimeOffset Since, DateTimeOffset At)
{
    /// <summary>How long the email service knows an operation again. An id that is repeated within this time cannot send twice.</summary>
    public static readonly TimeSpan TransportRemembers = TimeSpan.FromMinutes(5);

    /// <summary>How long one handing over may take; then it is broken off, and no one knows what came of it.</summary>
    public static readonly TimeSpan MaxHandover = TimeSpan.FromSeconds(30);

    /// <summary>How long a claim holds: after it, a sender that did not come back is taken to have died.</summary>
    public static readonly TimeSpan ClaimLasts = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long an email whose sending is in doubt is left for its delivery report to come, at first; each time twice as long.
    /// </summary>
    public static readonly TimeSpan FirstWaitForReport = TimeSpan.FromMinutes(10);

    /// <summary>How often an email in doubt is sent, at most. The waits between make about ten hours.</summary>
    public const int MaxSendings = 6;

    /// <summary>How long the email service may refuse everything before what it is offered is given up.</summary>
    public static readonly TimeSpan MaxRefusal = TimeSpan.FromDays(3);

    private static readonly TimeSpan MinWait = TimeSpan.FromSeconds(30);

    /// <summary>When it may be tried; while it is claimed, when the claim ends.</summary>
    public DateTimeOffset NotBefore { get; init; } = At;

    /// <summary>How often a person has had it tried again. Each time is an operation of its own.</summary>
    public int Round { get; init; }

    /// <summary>How often it was handed over in this round.</summary>
    public int Tries { get; init; }

    /// <summary>
    /// How often it was sent in this round. More than one: each beyond the first went out with the one before in doubt, and may be a
    /// double.
    /// </summary>
    public int Sendings { get; init; }

    /// <summary>Since when the email service may have it without our knowing; null where that is out of the question.</summary>
    public DateTimeOffset? InDoubtSince { get; init; }

    /// <summary>Why it waits or is dead, in words for people.</summary>
    public string? Reason { get; init; }

    /// <summary>The newest delivery attempt that was reported.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    public bool IsSettled => Status is not (DeliveryStatus.Claimed or DeliveryStatus.Waiting);

    /// <summary>An email that no one has tried to send yet.</summary>
    public static EmailDelivery New(DateTimeOffset now) => new(DeliveryStatus.Waiting, now, now);

    /// <summary>The operation under which an email is sent: the same for every try of a round.</summary>
    public Guid OperationId(EmailRequest request)
    {
        var name = Round == 0 ? request.Id : string.Create(CultureInfo.InvariantCulture, $"{request.Id}/{Round}");
        return new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
    }

    /// <summary>
    /// From when it may be handed over, as far as the email itself is concerned; null when it was sent in doubt often enough.
    /// </summary>
    /// <remarks>
    /// In doubt it may be repeated at once while the email service remembers it. After that a report gets its time to come; when none has,
    /// it is sent again, since an email too many is a nuisance and one that never comes may be a decision not made.
    /// </remarks>
    public DateTimeOffset? MayGoAt(DateTimeOffset now)
    {
        if (InDoubtSince is not { } since || IsRemembered(since, now)) return now;
        var reportDue = ReportDue(since);
        return now < reportDue ? reportDue : Sendings < MaxSendings ? now : null;
    }

    /// <summary>Taken by a sender. Until its answer is written down, the email service may have the email.</summary>
    public EmailDelivery Claim(DateTimeOffset now)
    {
        var isRepeat = InDoubtSince is { } since && IsRemembered(since, now);
        return this with
        {
            Status = DeliveryStatus.Claimed,
            At = now,
            NotBefore = now + ClaimLasts,
            Tries = Tries + 1,
            Sendings = isRepeat ? Sendings : Sendings + 1,
            InDoubtSince = isRepeat ? InDoubtSince : now,
        };
    }

    /// <summary>What the email service's answer makes of it.</summary>
    /// <param name="before">The entry before the claim.</param>
    /// <param name="claim">
    /// The claim under which it was handed over. If the delivery has another claim by now, only a success is recorded.
    /// </param>
    /// <param name="refusedSince">Since when the email service had refused everything; null where it took the last email.</param>
    public EmailDelivery Answered(
        SendOutcome outcome,
        EmailDelivery before,
        EmailDelivery claim,
        DateTimeOffset? refusedSince,
        DateTimeOffset now)
    {
        if (IsSettled) return this;
        if (outcome is SendOutcome.Accepted or SendOutcome.AcceptedBefore) return Settle(DeliveryStatus.Sent, null, now);
        if (Status != DeliveryStatus.Claimed || At != claim.At || Tries != claim.Tries) return this;
        return outcome switch
        {
            // Not taken: for what the email service knows of the email, this try never was.
            SendOutcome.Throttled throttled => NotTaken(before, StoppedBy(throttled.Reason), refusedSince, now),
            SendOutcome.NotAllowed notAllowed => NotTaken(before, StoppedBy(notAllowed.Reason), refusedSince, now),
            SendOutcome.Rejected rejected => Settle(DeliveryStatus.Undelivered, $"The email service refused it: {rejected.Reason}.", now),
            SendOutcome.Unknown unknown => Doubted(unknown.Reason, now),
            _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no answer of an email service."),
        };
    }

    /// <summary>Back in the queue.</summary>
    public EmailDelivery Wait(DateTimeOffset until, string? why, DateTimeOffset now) =>
        this with { Status = DeliveryStatus.Waiting, At = now, NotBefore = until, Reason = why };

    public EmailDelivery Settle(DeliveryStatus status, string? why, DateTimeOffset now) =>
        this with { Status = status, At = now, NotBefore = now, InDoubtSince = null, Reason = why };

    /// <summary>A person wants it tried again: it is another sending, which the email service must not take for the one before.</summary>
    public EmailDelivery Raise(DateTimeOffset now) =>
        New(now) with { Round = Round + 1, Reason = "A person asked for another try." };

    /// <summary>
    /// What a delivery report makes of it. The newest attempt counts, in whatever order the reports come; of two of the same time
    /// the worse.
    /// </summary>
    /// <returns>Null where the report says nothing new.</returns>
    public EmailDelivery? Reported(DeliveryReport report, DateTimeOffset now)
    {
        if (Status == DeliveryStatus.Void) return null;
        if (report.Arrived)
            return ReportedAt >= report.At ? null : Settle(DeliveryStatus.Delivered, null, now) with { ReportedAt = report.At };
        if (report.LossReason is { } why)
        {
            var isKnown = ReportedAt > report.At || (ReportedAt == report.At && Status == DeliveryStatus.Undelivered);
            return isKnown ? null : Settle(DeliveryStatus.Undelivered, why, now) with { ReportedAt = report.At };
        }

        // Another word: no end yet, but a sign that the email service has it.
        return IsSettled ? null : Settle(DeliveryStatus.Sent, null, now);
    }

    /// <summary>What is said where the email service lets nothing through.</summary>
    public static string StoppedBy(string why) => $"The email service accepts nothing: {why}.";

    private static bool IsRemembered(DateTimeOffset since, DateTimeOffset now) => now + MaxHandover <= since + TransportRemembers;

    private EmailDelivery NotTaken(EmailDelivery before, string why, DateTimeOffset? refusedSince, DateTimeOffset now) =>
        now - refusedSince > MaxRefusal && now - Since > MaxRefusal
        ? Settle(DeliveryStatus.Undelivered, $"It has waited for three days. {why}", now)
        : before.Wait(before.NotBefore, why, now) with { Tries = Tries };

    private EmailDelivery Doubted(string why, DateTimeOffset now)
    {
        // 30 seconds, then each time as long as all the waits before, for as long as the email service remembers.
        var since = InDoubtSince!.Value;
        var soon = now + (now - since > MinWait ? now - since : MinWait);
        return Wait(IsRemembered(since, soon) ? soon : ReportDue(since), $"The email service did not confirm that it accepted it: {why}.", now);
    }

    private DateTimeOffset ReportDue(DateTimeOffset inDoubtSince) => inDoubtSince + FirstWaitForReport * Math.Pow(2, Sendings - 1);
}
