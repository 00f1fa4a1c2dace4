using System.Collections.Concurrent;
using MappaFlows.Core.Access;
using MappaFlows.Core.Cases;
using MappaFlows.Workflows.Email;

namespace MappaFlows.Testing.Product;

/// <summary>Keeps every email instead of sending it.</summary>
public sealed class SentEmails : IEmailTransport
{
    private readonly ConcurrentQueue<OutgoingEmail> _sent = new();
    private readonly ConcurrentDictionary<Guid, bool> _operations = new();

    /// <summary>What the transport answers; accepts unless told otherwise.</summary>
    public Func<OutgoingEmail, SendOutcome> Answer { get; set; } = _ => new SendOutcome.Accepted();

    /// <inheritdoc/>
    public EmailRateLimits Limits { get; set; } = EmailRateLimits.None;

    public IReadOnlyList<OutgoingEmail> Sent => [.. _sent];

    public IEnumerable<OutgoingEmail> To(Person person) => Sent.Where(email => email.To == person.Email);

    public int Count(Person person, string subjectStart) =>
        To(person).Count(email => email.Subject.StartsWith($"MAPPA: {subjectStart}", StringComparison.OrdinalIgnoreCase));

    public Task<SendOutcome> SendAsync(OutgoingEmail email, Guid operationId, CancellationToken cancellationToken)
    {
        var outcome = Answer(email);
        if (outcome is SendOutcome.Accepted && _operations.TryAdd(operationId, true)) _sent.Enqueue(email);
        return Task.FromResult(outcome);
    }

    /// <summary>Waits for the email to this address about this case whose subject begins so.</summary>
    public Task<OutgoingEmail> WaitForAsync(string to, string subject, CaseReference about) =>
        Wait.ForAsync(() => Task.FromResult(Sent.LastOrDefault(email =>
        email.To == to
        && email.Subject.StartsWith($"MAPPA: {subject}", StringComparison.OrdinalIgnoreCase)
        && email.Text.Contains(about.ToString(), StringComparison.Ordinal))));
}
