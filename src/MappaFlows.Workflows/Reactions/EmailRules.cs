namespace MappaFlows.Workflows.Reactions;

/// <summary>Who is told what, for each event. One row an event, so that nobody has to look elsewhere.</summary>
public static class EmailRules
{
    /// <param name="state">The case after the event.</param>
    /// <param name="people">The people of the case's area.</param>
    public static IEnumerable<EmailRequest> For(RecordedEvent recorded, CaseState state, IReadOnlyList<Person> people)
    {
        var told = Told(recorded.Event, state, new(state, people));
        return told
            .Distinct()
            .Select(message => new EmailRequest(
                $"{state.Reference}.{recorded.Sequence}.{message.Kind}.{message.To}",
                message.Kind,
                state.Reference,
                message.To,
                message.Subject,
                message.Request));
    }

    private static IEnumerable<Message> Told(StreamEvent happened, CaseState state, Audience to) => happened switch
    {
        ReferralSubmitted => to.Coordinators(EmailKind.ReferralReceived),
        InformationRequested => to.Person(state.ReferrerId, EmailKind.InformationRequested),
        InformationGiven => to.Coordinators(EmailKind.InformationGiven),
        ReferralAccepted =>
        [
            .. to.Person(state.ReferrerId, EmailKind.ReferralAccepted),
            .. to.LeadAgency(EmailKind.CaseToLead),
        ],
        ReferralRefused => to.Person(state.ReferrerId, EmailKind.ReferralRefused),
        MeetingScheduled scheduled => to.Invited(EmailKind.MeetingInvitation, scheduled.Number),
        MeetingMoved moved => to.Invited(EmailKind.MeetingMoved, moved.Number),
        MinutesSent sent => to.Invited(EmailKind.MinutesSent, sent.Number),
        LevelChanged => to.LeadAgency(EmailKind.LevelChanged),
        DisclosureProposed proposed => to.Person(proposed.ApproverId, EmailKind.ApprovalRequested, proposed.Number, 1),
        DisclosureRevised revised => to.Approver(revised.Number, EmailKind.ApprovalRequested),
        ApprovalReminded reminded => to.Approver(reminded.Number, EmailKind.ApprovalReminder),
        ApprovalEscalated escalated => to.Deputy(escalated.Number, EmailKind.ApprovalEscalated),
        ApprovalLapsed lapsed => to.Proposer(lapsed.Number, EmailKind.ApprovalLapsed),
        DisclosureWithdrawn withdrawn => to.Approver(withdrawn.Number, EmailKind.DisclosureWithdrawn),
        DisclosureDecided { Outcome: ApprovalOutcome.Approved } decided =>
        [
            .. to.Discloser(decided.Number, EmailKind.DisclosureToMake),
            .. to.Proposer(decided.Number, EmailKind.DisclosureApproved),
        ],
        DisclosureDecided { Outcome: ApprovalOutcome.Refused } decided => to.Proposer(decided.Number, EmailKind.DisclosureRefused),
        DisclosureDecided decided => to.Proposer(decided.Number, EmailKind.DisclosureChangeRequested),
        DisclosureMade made =>
        [
            .. to.Approver(made.Number, EmailKind.DisclosureMade),
            .. to.Proposer(made.Number, EmailKind.DisclosureMade),
        ],
        DateChanged or EligibilityAdded => to.LeadAgency(EmailKind.DateChanged),
        CategoryChanged => to.LeadAgency(EmailKind.CategoryChanged),
        CaseClosed => [.. to.LeadAgency(EmailKind.CaseClosed), .. to.Coordinators(EmailKind.CaseClosed)],
        ObligationReminded reminded => Reminded(reminded, state, to),
        ObligationEscalated escalated => Escalated(escalated, state, to),
        _ => [],
    };

    private static IEnumerable<Message> Reminded(ObligationReminded reminded, CaseState state, Audience to) => reminded.Kind switch
    {
        ObligationKind.DecideScreening => to.Coordinators(EmailKind.ScreeningDueSoon),
        ObligationKind.GiveInformation => to.Person(state.ReferrerId, EmailKind.InformationDueSoon),
        ObligationKind.HoldMeeting => to.Coordinators(EmailKind.MeetingToArrange),
        ObligationKind.RecordMeeting => to.Coordinators(EmailKind.MeetingToRecord),
        ObligationKind.SendMinutes => to.Coordinators(EmailKind.MinutesDueSoon),
        ObligationKind.ReviewLevel1 => to.LeadAgency(EmailKind.Level1ReviewDueSoon),
        ObligationKind.ReviewBeforeExit => to.LeadAgency(EmailKind.PreExitReviewOpens),
        _ => [],
    };

    /// <summary>What was not done in time goes to those who owe it and to the area's Chairs.</summary>
    private static IEnumerable<Message> Escalated(ObligationEscalated escalated, CaseState state, Audience to) => escalated.Kind switch
    {
        ObligationKind.DecideScreening => [.. to.Chairs(EmailKind.ScreeningOverdue), .. to.Coordinators(EmailKind.ScreeningOverdue)],
        ObligationKind.GiveInformation =>
        [
            .. to.Coordinators(EmailKind.InformationOverdue),
            .. to.Person(state.ReferrerId, EmailKind.InformationOverdue),
        ],
        ObligationKind.HoldMeeting => [.. to.Chairs(EmailKind.MeetingOverdue), .. to.Coordinators(EmailKind.MeetingOverdue)],
        ObligationKind.RecordMeeting => [.. to.Chairs(EmailKind.MeetingRecordOverdue), .. to.Coordinators(EmailKind.MeetingRecordOverdue)],
        ObligationKind.SendMinutes => [.. to.Chairs(EmailKind.MinutesOverdue), .. to.Coordinators(EmailKind.MinutesOverdue)],
        ObligationKind.ReviewLevel1 => [.. to.LeadAgency(EmailKind.Level1ReviewOverdue), .. to.Coordinators(EmailKind.Level1ReviewOverdue)],
        ObligationKind.ReviewBeforeExit => [.. to.LeadAgency(EmailKind.PreExitReviewOverdue), .. to.Coordinators(EmailKind.PreExitReviewOverdue)],
        _ => [],
    };

    private sealed record Message(EmailKind Kind, Recipient To, int? Subject = null, int? Request = null);

    /// <summary>The people around a case.</summary>
    private sealed class Audience(CaseState state, IReadOnlyList<Person> people)
    {
        public IEnumerable<Message> Person(string personId, EmailKind kind, int? subject = null, int? request = null) =>
            [new(kind, new(personId), subject, request)];

        public IEnumerable<Message> Coordinators(EmailKind kind) => InRole(Role.Coordinator, kind);

        public IEnumerable<Message> Chairs(EmailKind kind) => InRole(Role.Chair, kind);

        /// <summary>The lead agency's managers; the coordinators where the agency has none here, so that nothing goes to nobody.</summary>
        public IEnumerable<Message> LeadAgency(EmailKind kind)
        {
            var managers = people
                .Where(person => person.Is(Role.LeadAgencyManager, state.AreaCode) && person.AgencyId == state.LeadAgencyId)
                .Select(person => new Message(kind, new(person.Id)))
                .ToList();
            return managers.Count > 0 ? managers : Coordinators(kind);
        }

        public IEnumerable<Message> Invited(EmailKind kind, int meeting) =>
            state.Meetings.First(held => held.Number == meeting).Agencies
                .Select(agency => new Message(kind, new(null, agency, state.AreaCode), meeting));

        public IEnumerable<Message> Approver(int disclosure, EmailKind kind) => About(disclosure, kind, found => found.ApproverId);

        public IEnumerable<Message> Deputy(int disclosure, EmailKind kind) => About(disclosure, kind, found => found.DeputyId);

        public IEnumerable<Message> Proposer(int disclosure, EmailKind kind) => About(disclosure, kind, found => found.ProposedBy);

        public IEnumerable<Message> Discloser(int disclosure, EmailKind kind) => About(disclosure, kind, found => found.Content.DiscloserId);

        private IEnumerable<Message> About(int number, EmailKind kind, Func<Disclosure, string?> who)
        {
            var disclosure = state.Disclosures.First(found => found.Number == number);
            return who(disclosure) is { } personId ? [new(kind, new(personId), number, disclosure.Request)] : [];
        }

        private IEnumerable<Message> InRole(Role role, EmailKind kind) =>
            people.Where(person => person.Is(role, state.AreaCode)).Select(person => new Message(kind, new(person.Id)));
    }
}
