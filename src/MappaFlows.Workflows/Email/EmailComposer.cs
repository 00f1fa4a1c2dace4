namespace MappaFlows.Workflows.Email;

/// <summary>Composes an email at the moment when it goes out: the current address, text and link.</summary>
public sealed class EmailComposer(
    IPeopleDirectory people,
    StreamStore streams,
    CaseModel model,
    EmailTemplates templates,
    IEmailRoutes routes,
    IApprovalLinks decisionLinks,
    CaseQueries queries,
    ProductOptions options,
    WorkingCalendar calendar,
    TimeProvider time)
{
    /// <inheritdoc cref="EmailTemplate.IsUrgent"/>
    public bool IsUrgent(EmailRequest request) => templates.Of(request).IsUrgent;

    /// <summary>
    /// From when it may go: now, or when working hours begin. It does not wait if it is urgent, if the case is an emergency, or if what it
    /// is about is over before they begin.
    /// </summary>
    public async ValueTask<DateTimeOffset> MayGoAtAsync(EmailRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var template = templates.Of(request);
        var opens = EmailHours.From(now, calendar);
        if (!options.EmailsInWorkingHours || template.IsUrgent || opens <= now) return now;
        if (await streams.LoadAsync(model, request.Reference.ToString(), cancellationToken) is not { State: var state }) return now;
        var until = DueOf(template, request, state)?.At ?? MeetingOf(template, request, state)?.StartsAt;
        return state.IsEmergency || (until > now && until <= opens) ? now : opens;
    }

    /// <summary>The address of the recipient; null where there is none.</summary>
    public async ValueTask<string?> AddressOfAsync(Recipient to, CancellationToken cancellationToken)
    {
        var address = to.PersonId is not null
            ? (await people.FindAsync(to.PersonId, cancellationToken))?.Email
            : await people.AgencyMailboxAsync(to.AreaCode!, to.AgencyId!, cancellationToken);
        return string.IsNullOrWhiteSpace(address) ? null : address;
    }

    /// <summary>The email; null where no one has to be written to any more.</summary>
    public async Task<OutgoingEmail?> ComposeAsync(EmailRequest request, string address, CancellationToken cancellationToken)
    {
        if (await streams.LoadAsync(model, request.Reference.ToString(), cancellationToken) is not { State: var state }) return null;

        var template = templates.Of(request);
        var token = template.AsksForDecision ? await decisionLinks.IssueAsync(request, cancellationToken) : null;
        if (template.AsksForDecision && token is null) return null;

        var link = options.PublicUrl.TrimEnd('/') + routes.PathOf(template, request, token);
        var text = $"""
            {template.Sentence}{Undone(template, state)}

            Reference: {request.Reference}
            {link}

            You will be asked to sign in. This email contains no details, to protect the people involved. Do not reply to it, and do not add details if you forward it.
            """;
        EmailAttachment[] attachments = template.Attachment is { } attach
            ? [attach(state, request.Number!.Value, options.SenderAddress, link, time.GetUtcNow())]
            : [];
        var subject = template.SubjectFor(request.Reference, DueOf(template, request, state), state.IsEmergency, time.GetUtcNow());
        return new(address, subject, text, [link], attachments);
    }

    private static Meeting? MeetingOf(EmailTemplate template, EmailRequest request, CaseState state) =>
        template.Attachment is null ? null : state.Meetings.FirstOrDefault(meeting => meeting.Number == request.Number);

    /// <summary>When what it asks is due, as the case stands; null where it asks for nothing, or that is done.</summary>
    private Deadline? DueOf(EmailTemplate template, EmailRequest request, CaseState state) =>
        template.Due is { } kind ? queries.TimetableOf(state).Find(kind, request.Number)?.Due : null;

    /// <summary>Kinds and numbers only, each on a line of its own; nothing where nothing is undone.</summary>
    private string Undone(EmailTemplate template, CaseState state)
    {
        if (template.Undone is not { } of) return "";
        var undone = of(queries.TimetableOf(state)).ToList();
        if (undone.Count == 0) return "";
        var lines = undone.Select(obligation => $"\n- {routes.Title(obligation.Kind, obligation.Number)}");
        return $"\n\nNot done ({undone.Count}):{string.Concat(lines)}";
    }
}
