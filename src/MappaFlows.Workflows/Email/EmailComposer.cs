namespace MappaFlows.Workflows.Email;

/// <summary>Makes an email of a notification, at the moment when it goes out: the address, the words and the link of now.</summary>
public sealed class EmailComposer(
    IPeopleDirectory people,
    StreamStore streams,
    CaseModel model,
    ApprovalLinks approvalLinks,
    ProductOptions options,
    TimeProvider time)
{
    /// <summary>The address of the recipient; null where there is none.</summary>
    public async ValueTask<string?> AddressOfAsync(Recipient to, CancellationToken cancellationToken)
    {
        var address = to.PersonId is not null
            ? (await people.FindAsync(to.PersonId, cancellationToken))?.Email
            : await people.AgencyMailboxAsync(to.AreaCode!, to.AgencyId!, cancellationToken);
        return string.IsNullOrWhiteSpace(address) ? null : address;
    }

    /// <summary>The email; null where nobody has to be written to any more.</summary>
    public async Task<OutgoingEmail?> ComposeAsync(EmailRequest notification, string address, CancellationToken cancellationToken)
    {
        if (await streams.LoadAsync(model, notification.Reference.ToString(), cancellationToken) is not { State: var state }) return null;

        string? token = null;
        if (EmailText.AsksForDecision(notification.Kind))
        {
            token = await approvalLinks.IssueAsync(
                notification.Reference, notification.Subject!.Value, notification.Request!.Value, notification.To.PersonId!, cancellationToken);
            if (token is null) return null;
        }

        var (subject, sentence) = EmailText.Of(notification.Kind, notification.Reference);
        var link = options.PublicUrl.TrimEnd('/') + EmailText.Path(notification, token);
        var text = $"""
            {sentence}

            Reference: {notification.Reference}
            {link}

            You will be asked to sign in. This email says no more on purpose: please do not reply to it, and do not add details to it when you pass it on.
            """;
        return new(address, subject, text, [link], Attachments(notification, state, link));
    }

    private IReadOnlyList<EmailAttachment> Attachments(EmailRequest notification, CaseState state, string link)
    {
        if (notification.Kind is not (EmailKind.MeetingInvitation or EmailKind.MeetingMoved)) return [];
        var meeting = state.Meetings.First(meeting => meeting.Number == notification.Subject);
        return [MeetingInvitation.Of(state, meeting, options.SenderAddress, link, time.GetUtcNow())];
    }
}
