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
    TimeProvider time)
{
    /// <summary>Whether it goes before others: it asks for a decision that someone at risk may wait for.</summary>
    public bool IsUrgent(EmailRequest request) => templates.Of(request).AsksForDecision;

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
        return new(address, template.SubjectFor(request.Reference), text, [link], attachments);
    }

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
