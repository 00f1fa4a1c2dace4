namespace MappaFlows.DurableTask.Embedded.Engine.Replay;

/// <summary>
/// The external events of a run. Names ignore letter case; early events are kept in order; of several waiters on a name the last
/// gets the first event; a cancelled wait takes none.
/// </summary>
internal sealed class EventInbox(Payloads payloads)
{
    private readonly Dictionary<string, Mailbox> _mailboxes = new(StringComparer.OrdinalIgnoreCase);
    private int _order;

    /// <summary>The names that are waited for now.</summary>
    public IEnumerable<string> WaitedFor => _mailboxes.Where(m => m.Value.Waiters.Count > 0).Select(m => m.Key);

    public bool HasWaiters => _mailboxes.Values.Any(m => m.Waiters.Count > 0);

    /// <summary>The events that no wait took, in the order in which they came.</summary>
    public IEnumerable<(string Name, byte[]? Payload)> Unread =>
        _mailboxes.SelectMany(m => m.Value.Early).OrderBy(e => e.Order).Select(e => (e.Name, e.Payload));

    /// <summary>Keeps an event that comes after the code has ended, even if a wait is left open.</summary>
    public void Keep(string name, byte[]? payload) => MailboxOf(name).Early.Enqueue((_order++, name, payload));

    public void Deliver(string name, byte[]? payload)
    {
        var mailbox = MailboxOf(name);
        if (mailbox.Waiters.Count == 0)
        {
            Keep(name, payload);
            return;
        }
        var waiter = mailbox.Waiters[^1];
        mailbox.Waiters.RemoveAt(mailbox.Waiters.Count - 1);
        waiter.Take(payload);
    }

    /// <exception cref="ArgumentException">The name is waited for with another type.</exception>
    public Task<T> WaitAsync<T>(string name, Func<Action, Action> inTurn, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        var mailbox = MailboxOf(name);
        if (mailbox.Waiters.Count > 0 && mailbox.Waiters[^1] is not Waiter<T>)
            throw new ArgumentException($"The event '{name}' is waited for already with another type than {typeof(T)}.", nameof(name));

        var waiter = new Waiter<T>(payloads);
        if (mailbox.Early.TryDequeue(out var early))
        {
            waiter.Take(early.Payload);
            return waiter.Task;
        }
        mailbox.Waiters.Add(waiter);
        if (cancellationToken.CanBeCanceled)
        {
            waiter.Registration = cancellationToken.Register(inTurn(() =>
            {
                if (mailbox.Waiters.Remove(waiter))
                    waiter.Cancel(cancellationToken);
            }));
        }
        return waiter.Task;
    }

    private Mailbox MailboxOf(string name)
    {
        if (!_mailboxes.TryGetValue(name, out var mailbox))
            _mailboxes.Add(name, mailbox = new Mailbox());
        return mailbox;
    }

    private sealed class Mailbox
    {
        public Queue<(int Order, string Name, byte[]? Payload)> Early { get; } = new();

        public List<Waiter> Waiters { get; } = [];
    }

    private abstract class Waiter
    {
        public abstract void Take(byte[]? payload);
    }

    private sealed class Waiter<T>(Payloads payloads) : Waiter
    {
        private readonly TaskCompletionSource<T> _source = new();

        public CancellationTokenRegistration Registration { get; set; }

        public Task<T> Task => _source.Task;

        public override void Take(byte[]? payload)
        {
            Registration.Unregister();
            try
            {
                _source.TrySetResult(payloads.Deserialize<T>(payload)!);
            }
            catch (Exception e)
            {
                _source.TrySetException(e);
            }
        }

        public void Cancel(CancellationToken cancellationToken) => _source.TrySetCanceled(cancellationToken);
    }
}
