namespace MappaFlows.Workflows.Reactions;

/// <summary>What follows from each event. Each feature registers its own rows and its own emails.</summary>
public sealed class ReactionTable
{
    private readonly Dictionary<Type, Func<CaseEvent, Audience, IEnumerable<OutboxItem>>> _events = [];
    private readonly Dictionary<ObligationKind, Func<int?, Audience, IEnumerable<OutboxItem>>> _reminders = [];
    private readonly Dictionary<ObligationKind, Func<int?, Audience, IEnumerable<OutboxItem>>> _escalations = [];
    private readonly List<EmailTemplate> _emails = [];

    public ReactionTable()
    {
        // What the clock came to too late, no one is written to about: it would be untrue by now.
        On<ObligationReminded>((happened, to) =>
            !happened.Late && _reminders.TryGetValue(happened.Kind, out var react) ? react(happened.Number, to) : []);
        On<ObligationEscalated>((happened, to) =>
            !happened.Late && _escalations.TryGetValue(happened.Kind, out var react) ? react(happened.Number, to) : []);
        On<ObligationStillOverdue>(StillOverdue);
    }

    /// <summary>Those who were told when it was escalated are told again, in other words.</summary>
    private IEnumerable<OutboxItem> StillOverdue(ObligationStillOverdue happened, Audience to) =>
        _escalations.TryGetValue(happened.Kind, out var react)
            ? react(happened.Number, to).OfType<SubmitEmail>().Select(
                told => told.EmailRequest.Template == Audience.NoOneToAct.Name
                    ? told
                    : to.Email(EscalationReactions.StillOverdue, told.EmailRequest.To, number: null, request: null))
            : [];

    /// <summary>The words of every email that a feature sends.</summary>
    public IReadOnlyList<EmailTemplate> EmailTemplates => _emails;

    public ReactionTable Emails(params EmailTemplate[] templates)
    {
        _emails.AddRange(templates);
        return this;
    }

    public ReactionTable On<TEvent>(Func<TEvent, Audience, IEnumerable<OutboxItem>> react) where TEvent : CaseEvent
    {
        _events.Add(typeof(TEvent), (happened, to) => react((TEvent)happened, to));
        return this;
    }

    /// <summary>When those who owe this are reminded.</summary>
    public ReactionTable Remind(ObligationKind kind, Func<Audience, IEnumerable<OutboxItem>> react) => Remind(kind, (_, to) => react(to));

    /// <inheritdoc cref="Remind(ObligationKind, Func{Audience, IEnumerable{OutboxItem}})"/>
    /// <param name="react">Given the obligation's number.</param>
    public ReactionTable Remind(ObligationKind kind, Func<int?, Audience, IEnumerable<OutboxItem>> react)
    {
        _reminders.Add(kind, react);
        return this;
    }

    /// <summary>When this is late.</summary>
    public ReactionTable Escalate(ObligationKind kind, Func<Audience, IEnumerable<OutboxItem>> react) =>
        Escalate(kind, (_, to) => react(to));

    /// <inheritdoc cref="Escalate(ObligationKind, Func{Audience, IEnumerable{OutboxItem}})"/>
    /// <param name="react">Given the obligation's number.</param>
    public ReactionTable Escalate(ObligationKind kind, Func<int?, Audience, IEnumerable<OutboxItem>> react)
    {
        _escalations.Add(kind, react);
        return this;
    }

    /// <summary>What follows from this event; nothing where no feature says anything.</summary>
    internal IEnumerable<OutboxItem> To(CaseEvent happened, Audience audience) =>
        _events.TryGetValue(happened.GetType(), out var react) ? react(happened, audience) : [];
}
