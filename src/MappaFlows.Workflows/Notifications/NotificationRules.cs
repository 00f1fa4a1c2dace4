using MappaFlows.Core.Cases;
using MappaFlows.Core.Disclosures;
using MappaFlows.Core.People;

namespace MappaFlows.Workflows.Notifications;

/// <summary>Who is told what, for each event. One row an event, so that nobody has to look elsewhere.</summary>
public static class NotificationRules
{
    /// <param name="case">The case after the event.</param>
    /// <param name="people">The people of the case's area.</param>
    public static IEnumerable<Notification> For(RecordedEvent recorded, Case @case, IReadOnlyList<Person> people)
    {
        var told = Told(recorded.Event, @case, new(@case, people));
        return told
            .Distinct()
            .Select(message => new Notification(
                $"{@case.Reference}.{recorded.Sequence}.{message.Kind}.{message.To}",
                message.Kind,
                @case.Reference,
                message.To,
                message.Subject,
                message.Request));
    }

    private static IEnumerable<Message> Told(CaseEvent @event, Case @case, Audience to) => @event switch
    {
        ReferralSubmitted => to.Coordinators(NotificationKind.ReferralReceived),
        MoreInformationAsked => to.Person(@case.ReferrerId, NotificationKind.InformationAsked),
        MoreInformationGiven => to.Coordinators(NotificationKind.InformationGiven),
        ReferralAccepted =>
        [
            .. to.Person(@case.ReferrerId, NotificationKind.ReferralAccepted),
            .. to.LeadAgency(NotificationKind.CaseToLead),
        ],
        ReferralRefused => to.Person(@case.ReferrerId, NotificationKind.ReferralRefused),
        MeetingScheduled scheduled => to.Invited(NotificationKind.MeetingInvitation, scheduled.Number),
        MeetingMoved moved => to.Invited(NotificationKind.MeetingMoved, moved.Number),
        MinutesSent sent => to.Invited(NotificationKind.MinutesSent, sent.Number),
        LevelChanged => to.LeadAgency(NotificationKind.LevelChanged),
        DisclosureProposed proposed => to.Person(proposed.ApproverId, NotificationKind.ApprovalAsked, proposed.Number, 1),
        DisclosureRevised revised => to.Approver(revised.Number, NotificationKind.ApprovalAsked),
        ApprovalReminded reminded => to.Approver(reminded.Number, NotificationKind.ApprovalReminder),
        ApprovalEscalated escalated => to.Deputy(escalated.Number, NotificationKind.ApprovalEscalated),
        ApprovalLapsed lapsed => to.Proposer(lapsed.Number, NotificationKind.ApprovalLapsed),
        DisclosureWithdrawn withdrawn => to.Approver(withdrawn.Number, NotificationKind.DisclosureWithdrawn),
        DisclosureDecided { Outcome: ApprovalOutcome.Approved } decided =>
        [
            .. to.Discloser(decided.Number, NotificationKind.DisclosureToMake),
            .. to.Proposer(decided.Number, NotificationKind.DisclosureApproved),
        ],
        DisclosureDecided { Outcome: ApprovalOutcome.Refused } decided => to.Proposer(decided.Number, NotificationKind.DisclosureRefused),
        DisclosureDecided decided => to.Proposer(decided.Number, NotificationKind.DisclosureChangeAsked),
        DisclosureMade made =>
        [
            .. to.Approver(made.Number, NotificationKind.DisclosureMade),
            .. to.Proposer(made.Number, NotificationKind.DisclosureMade),
        ],
        DateChanged or EligibilityAdded => to.LeadAgency(NotificationKind.DateChanged),
        CategoryChanged => to.LeadAgency(NotificationKind.CategoryChanged),
        CaseClosed => [.. to.LeadAgency(NotificationKind.CaseClosed), .. to.Coordinators(NotificationKind.CaseClosed)],
        DutyReminded reminded => Reminded(reminded, @case, to),
        DutyEscalated escalated => Escalated(escalated, @case, to),
        _ => [],
    };

    private static IEnumerable<Message> Reminded(DutyReminded reminded, Case @case, Audience to) => reminded.Kind switch
    {
        DutyKind.DecideScreening => to.Coordinators(NotificationKind.ScreeningDueSoon),
        DutyKind.GiveInformation => to.Person(@case.ReferrerId, NotificationKind.InformationDueSoon),
        DutyKind.HoldMeeting => to.Coordinators(NotificationKind.MeetingToArrange),
        DutyKind.RecordMeeting => to.Coordinators(NotificationKind.MeetingToRecord),
        DutyKind.SendMinutes => to.Coordinators(NotificationKind.MinutesDueSoon),
        DutyKind.ReviewLevel1 => to.LeadAgency(NotificationKind.Level1ReviewDueSoon),
        DutyKind.ReviewBeforeExit => to.LeadAgency(NotificationKind.PreExitReviewOpens),
        _ => [],
    };

    /// <summary>What was not done in time goes to those who owe it and to the area's Chairs.</summary>
    private static IEnumerable<Message> Escalated(DutyEscalated escalated, Case @case, Audience to) => escalated.Kind switch
    {
        DutyKind.DecideScreening => [.. to.Chairs(NotificationKind.ScreeningOverdue), .. to.Coordinators(NotificationKind.ScreeningOverdue)],
        DutyKind.GiveInformation =>
        [
            .. to.Coordinators(NotificationKind.InformationOverdue),
            .. to.Person(@case.ReferrerId, NotificationKind.InformationOverdue),
        ],
        DutyKind.HoldMeeting => [.. to.Chairs(NotificationKind.MeetingOverdue), .. to.Coordinators(NotificationKind.MeetingOverdue)],
        DutyKind.RecordMeeting => [.. to.Chairs(NotificationKind.MeetingRecordOverdue), .. to.Coordinators(NotificationKind.MeetingRecordOverdue)],
        DutyKind.SendMinutes => [.. to.Chairs(NotificationKind.MinutesOverdue), .. to.Coordinators(NotificationKind.MinutesOverdue)],
        DutyKind.ReviewLevel1 => [.. to.LeadAgency(NotificationKind.Level1ReviewOverdue), .. to.Coordinators(NotificationKind.Level1ReviewOverdue)],
        DutyKind.ReviewBeforeExit => [.. to.LeadAgency(NotificationKind.PreExitReviewOverdue), .. to.Coordinators(NotificationKind.PreExitReviewOverdue)],
        _ => [],
    };

    private sealed record Message(NotificationKind Kind, Recipient To, int? Subject = null, int? Request = null);

    /// <summary>The people around a case.</summary>
    private sealed class Audience(Case @case, IReadOnlyList<Person> people)
    {
        public IEnumerable<Message> Person(string personId, NotificationKind kind, int? subject = null, int? request = null) =>
            [new(kind, new(personId), subject, request)];

        public IEnumerable<Message> Coordinators(NotificationKind kind) => InRole(Role.Coordinator, kind);

        public IEnumerable<Message> Chairs(NotificationKind kind) => InRole(Role.Chair, kind);

        /// <summary>The lead agency's managers; the coordinators where the agency has none here, so that nothing goes to nobody.</summary>
        public IEnumerable<Message> LeadAgency(NotificationKind kind)
        {
            var managers = people
                .Where(person => person.Is(Role.LeadAgencyManager, @case.AreaCode) && person.AgencyId == @case.LeadAgencyId)
                .Select(person => new Message(kind, new(person.Id)))
                .ToList();
            return managers.Count > 0 ? managers : Coordinators(kind);
        }

        public IEnumerable<Message> Invited(NotificationKind kind, int meeting) =>
            @case.Meetings.First(held => held.Number == meeting).Agencies
                .Select(agency => new Message(kind, new(null, agency, @case.AreaCode), meeting));

        public IEnumerable<Message> Approver(int disclosure, NotificationKind kind) => About(disclosure, kind, found => found.ApproverId);

        public IEnumerable<Message> Deputy(int disclosure, NotificationKind kind) => About(disclosure, kind, found => found.DeputyId);

        public IEnumerable<Message> Proposer(int disclosure, NotificationKind kind) => About(disclosure, kind, found => found.ProposedBy);

        public IEnumerable<Message> Discloser(int disclosure, NotificationKind kind) => About(disclosure, kind, found => found.Content.DiscloserId);

        private IEnumerable<Message> About(int number, NotificationKind kind, Func<Disclosure, string?> who)
        {
            var disclosure = @case.Disclosures.First(found => found.Number == number);
            return who(disclosure) is { } personId ? [new(kind, new(personId), number, disclosure.Request)] : [];
        }

        private IEnumerable<Message> InRole(Role role, NotificationKind kind) =>
            people.Where(person => person.Is(role, @case.AreaCode)).Select(person => new Message(kind, new(person.Id)));
    }
}
