namespace MappaFlows.Workflows.Reactions;

/// <summary>The people around a case, and its orchestrations, when an event has happened.</summary>
/// <param name="state">The case after the event.</param>
/// <param name="people">The people of the case's area.</param>
/// <param name="administrators">Everyone who administers the product.</param>
/// <param name="sequence">The event's: it makes the ids of the emails.</param>
/// <param name="at">When the event happened.</param>
public sealed class Audience(
    CaseState state, IReadOnlyList<Person> people, IReadOnlyList<Person> administrators, long sequence, DateTimeOffset at)
{
    /// <summary>What administrators get in the place of an email for which there is no one.</summary>
    internal static EmailTemplate NoOneToAct { get; } = new(
        "NoOneToAct",
        "no one to act on a case",
        "Someone has to act on a case, and no one in its area has the role to do it. Give someone the role, and tell them the reference.");

    public CaseState Case => state;

    /// <summary>When the event happened.</summary>
    public DateTimeOffset At => at;

    /// <summary>The ids of the case's orchestrations.</summary>
    public CaseInstanceIds Instances => new(state.Reference);

    public Recipients Referrer => Person(state.ReferrerId);

    /// <summary>The coordinators; where there are none, those who see to it that someone does their work.</summary>
    public Recipients Coordinators => FirstOf(InRole(Role.Coordinator), InRole(Role.Chair), InRole(Role.DeputyChair));

    /// <summary>The Chairs; where there are none, their deputies, then the coordinators.</summary>
    public Recipients Chairs => FirstOf(InRole(Role.Chair), InRole(Role.DeputyChair), InRole(Role.Coordinator));

    /// <summary>The lead agency's managers; the coordinators where the agency has none here.</summary>
    public Recipients LeadAgency => FirstOf(
        InRole(Role.LeadAgencyManager, person => person.AgencyId == state.LeadAgencyId),
        InRole(Role.Coordinator), InRole(Role.Chair), InRole(Role.DeputyChair));

    /// <param name="id">The person's; null for no one.</param>
    /// <param name="number">Which meeting or disclosure it is about.</param>
    /// <param name="request">Which request of the disclosure.</param>
    public Recipients Person(string? id, int? number = null, int? request = null) =>
        new(this, id is null ? [] : [new(id)], number, request);

    /// <summary>Those who owe something: one person, or all who hold the role.</summary>
    public Recipients Owner(Role? role, string? personId) => role switch
    {
        _ when personId is not null => Person(personId),
        Role.Coordinator => Coordinators,
        Role.LeadAgencyManager => LeadAgency,
        { } other => InRole(other),
        null => Person(null),
    };

    /// <summary>The mailboxes of these agencies in the case's area.</summary>
    public Recipients Mailboxes(IEnumerable<string> agencies, int number) =>
        new(this, [.. agencies.Select(agency => new Recipient(null, agency, state.AreaCode))], number, Request: null);

    public OutboxItem Wake(string instanceId) => new SignalOrchestration(instanceId);

    internal SubmitEmail Email(EmailTemplate template, Recipient to, int? number, int? request) =>
        new(new EmailRequest($"{state.Reference}.{sequence}.{template.Name}.{to}", template.Name, state.Reference, to, number, request));

    /// <summary>The first that are not empty. Where all are empty, the administrators hear that an email would go to no one.</summary>
    private Recipients FirstOf(params ReadOnlySpan<Recipients> choices)
    {
        foreach (var choice in choices)
        {
            if (!choice.IsEmpty) return choice;
        }

        var told = administrators.Select(person => new Recipient(person.Id));
        return new(this, [.. told], Number: null, Request: null) { Instead = NoOneToAct };
    }

    private Recipients InRole(Role role, Func<Person, bool>? which = null) => new(
        this,
        [
            .. people.Where(
                person => person.Is(role, state.AreaCode) && which?.Invoke(person) != false).Select(person => new Recipient(person.Id)),
        ],
        Number: null,
        Request: null);
}

/// <summary>Those who get the same email.</summary>
public sealed record Recipients(Audience Audience, IReadOnlyList<Recipient> To, int? Number, int? Request)
{
    public bool IsEmpty => To.Count == 0;

    /// <summary>The same people, about this request of a disclosure.</summary>
    public Recipients About(int number, int request) => this with { Number = number, Request = request };

    /// <summary>The same without one person, who gets another email.</summary>
    public Recipients Except(string personId) => this with { To = [.. To.Where(to => to.PersonId != personId)] };

    /// <summary>The email that these get whatever is sent; null for the one that is sent.</summary>
    public EmailTemplate? Instead { get; init; }

    public IEnumerable<OutboxItem> Email(EmailTemplate template) =>
        To.Select(to => Audience.Email(Instead ?? template, to, Number, Request));
}
