namespace MappaFlows.Workflows.Reactions;

/// <summary>What follows from a proposal to disclose, and from what becomes of it.</summary>
public static class DisclosureReactions
{
    public static EmailPage DisclosurePage { get; } = new("Disclosure");

    public static EmailPage DecisionPage { get; } = new("Decision");

    private static readonly EmailTemplate ApprovalRequested = new(
        "ApprovalRequested",
        "Your decision is needed: {reference}",
        "Someone proposes a disclosure outside the agencies. You are asked to decide.")
    {
        AsksForDecision = true,
        LeadsTo = DecisionPage,
    };

    private static readonly EmailTemplate ApprovalReminder = new(
        "ApprovalReminder", "Reminder, your decision is needed: {reference}", "You have not made a decision yet that you were asked for.")
    {
        AsksForDecision = true,
        LeadsTo = DecisionPage,
    };

    private static readonly EmailTemplate DeputyAsked = new(
        "ApprovalEscalated",
        "Your decision is needed as deputy: {reference}",
        "The approver did not decide in time. You are asked to decide as their deputy.")
    {
        AsksForDecision = true,
        LeadsTo = DecisionPage,
    };

    private static readonly EmailTemplate Lapsed = new(
        "ApprovalLapsed",
        "No decision in time: {reference}",
        "No one decided on your proposal in time. Nothing may be disclosed. You can ask again.")
    {
        LeadsTo = DisclosurePage,
    };

    private static readonly EmailTemplate Approved = new(
        "DisclosureApproved",
        "Proposal approved: {reference}",
        "Your proposal was approved. The discloser has been asked to make the disclosure.")
    {
        LeadsTo = DisclosurePage,
    };

    private static readonly EmailTemplate ToMake = new(
        "DisclosureToMake",
        "Make a disclosure: {reference}",
        "You may now disclose exactly what was approved. Then record that you did.")
    {
        LeadsTo = DisclosurePage,
    };

    private static readonly EmailTemplate Refused = new(
        "DisclosureRefused",
        "Proposal refused: {reference}",
        "Your proposal was refused. Nothing may be disclosed. The reasons are on its page.")
    {
        LeadsTo = DisclosurePage,
    };

    private static readonly EmailTemplate ChangeRequested = new(
        "DisclosureChangeRequested", "Proposal to be changed: {reference}", "You are asked to change your proposal before it can be decided.")
    {
        LeadsTo = DisclosurePage,
    };

    private static readonly EmailTemplate Withdrawn = new(
        "DisclosureWithdrawn",
        "Proposal withdrawn: {reference}",
        "A proposal that you were asked to decide was withdrawn. You do not need to do anything.");

    private static readonly EmailTemplate ToMakeReminder = new(
        "DisclosureToMakeReminder",
        "Reminder, make a disclosure: {reference}",
        "An approved disclosure is not recorded as made, and its last day is near. Its page shows the day.")
    {
        LeadsTo = DisclosurePage,
    };

    private static readonly EmailTemplate NotMadeYet = new(
        "DisclosureNotMadeYet",
        "Disclosure not made yet: {reference}",
        "An approved disclosure is not recorded as made, and its approval ends soon. Its page shows the day, and what you can do.")
    {
        LeadsTo = DisclosurePage,
    };

    private static readonly EmailTemplate ApprovalHasEnded = new(
        "DisclosureApprovalEnded",
        "Approval ended: {reference}",
        "A disclosure was not recorded as made by the last day of its approval. It may not be made any more. If it was made in time, the discloser records that now.")
    {
        LeadsTo = DisclosurePage,
    };

    private static readonly EmailTemplate ApprovalWasRevoked = new(
        "DisclosureApprovalRevoked",
        "Approval revoked: {reference}",
        "The approval of a disclosure was revoked. It may not be made. If it was made already, the discloser records that now.")
    {
        LeadsTo = DisclosurePage,
    };

    private static readonly EmailTemplate NoLongerDiscloser = new(
        "DisclosureNoLongerYours",
        "Do not make the disclosure: {reference}",
        "You are no longer the one who makes an approved disclosure. Do not make it.");

    private static readonly EmailTemplate OtherDiscloser = new(
        "DisclosureOtherDiscloser",
        "Another discloser: {reference}",
        "The approver named another person to make the disclosure that you proposed.")
    {
        LeadsTo = DisclosurePage,
    };

    private static readonly EmailTemplate ToReviseReminder = new(
        "DisclosureToReviseReminder",
        "Reminder, your proposal waits for you: {reference}",
        "Your proposal of a disclosure is not approved now. Change it and ask again, or withdraw it.")
    {
        LeadsTo = DisclosurePage,
    };

    private static readonly EmailTemplate ToReviseOverdue = new(
        "DisclosureToReviseOverdue",
        "Proposal left open: {reference}",
        "A proposed disclosure is not approved now, and no one has changed or withdrawn the proposal in time.")
    {
        LeadsTo = DisclosurePage,
    };

    private static readonly EmailTemplate MadeOtherwise = new(
        "DisclosureMadeOtherwise",
        "Disclosure not made as approved: {reference}",
        "A disclosure was made in another way than was approved. The explanation is on its page.")
    {
        LeadsTo = DisclosurePage,
    };

    private static readonly EmailTemplate Made = new(
        "DisclosureMade", "Disclosure made: {reference}", "The approved disclosure was made and recorded.")
    {
        LeadsTo = DisclosurePage,
    };

    public static void Register(ReactionTable table) => table
        .Emails(ApprovalRequested, ApprovalReminder, DeputyAsked, Lapsed, Approved, ToMake, Refused, ChangeRequested, Withdrawn, Made)
        .Emails(ToMakeReminder, NotMadeYet, ApprovalHasEnded, ApprovalWasRevoked, NoLongerDiscloser, OtherDiscloser)
        .Emails(ToReviseReminder, ToReviseOverdue, MadeOtherwise)
        .On<DisclosureProposed>((happened, to) =>
            [CaseOrchestrations.Approval(to.Instances, happened.Number, 1), .. Approver(to, happened.Number).Email(ApprovalRequested)])
        .On<DisclosureRevised>((happened, to) =>
        [
            // The request that was open is over, and another begins.
            to.Wake(to.Instances.Approval(happened.Number, Find(to, happened.Number).Request - 1)),
            to.Wake(to.Instances.FollowUp(happened.Number, Find(to, happened.Number).Request - 1)),
            CaseOrchestrations.Approval(to.Instances, happened.Number, Find(to, happened.Number).Request),
            .. Approver(to, happened.Number).Email(ApprovalRequested),
        ])
        .Remind(DisclosureObligations.DecideDisclosure, (number, to) => Approver(to, number!.Value).Email(ApprovalReminder))
        .Escalate(
            DisclosureObligations.DecideDisclosure,
            (number, to) => About(to, number!.Value, found => found.DeputyId).Email(DeputyAsked))
        .Remind(DisclosureObligations.MakeDisclosure, (number, to) => Discloser(to, number!.Value).Email(ToMakeReminder))
        .Escalate(DisclosureObligations.MakeDisclosure, (number, to) =>
        [
            .. Discloser(to, number!.Value).Email(NotMadeYet),
            .. Approver(to, number.Value).Email(NotMadeYet),
            .. Coordinators(to, number.Value).Email(NotMadeYet),
        ])
        .Remind(DisclosureObligations.ReviseDisclosure, (number, to) => Proposer(to, number!.Value).Email(ToReviseReminder))
        .Escalate(DisclosureObligations.ReviseDisclosure, (number, to) =>
            [.. Proposer(to, number!.Value).Email(ToReviseOverdue), .. Coordinators(to, number.Value).Email(ToReviseOverdue)])
        .On<ApprovalLapsed>((happened, to) => [FollowUp(to, happened.Number), .. Proposer(to, happened.Number).Email(Lapsed)])
        .On<DisclosureWithdrawn>((happened, to) =>
        [
            Wake(to, happened.Number), WakeFollowUp(to, happened.Number), .. Approver(to, happened.Number).Email(Withdrawn),
        ])
        .On<DisclosureDecided>((happened, to) => [Wake(to, happened.Number), .. Decided(happened, to)])
        .On<ApprovalEnded>((happened, to) =>
            [.. Concerned(to, happened.Number, ApprovalHasEnded), .. Coordinators(to, happened.Number).Email(ApprovalHasEnded)])
        .On<ApprovalRevoked>((happened, to) =>
            [WakeFollowUp(to, happened.Number), .. Concerned(to, happened.Number, ApprovalWasRevoked)])
        .On<DiscloserReplaced>((happened, to) => [.. to.Person(happened.From).Email(NoLongerDiscloser), .. Replaced(happened, to)])
        .On<DisclosureMade>((happened, to) =>
        [
            WakeFollowUp(to, happened.Number),
            .. happened.Differences is null
                ? Approver(to, happened.Number).Email(Made)
                : [
                    .. Approver(to, happened.Number).Email(MadeOtherwise),
                    .. to.Chairs.About(happened.Number, Find(to, happened.Number).Request).Except(Find(to, happened.Number).ApproverId).Email(MadeOtherwise),
                ],
            .. Proposer(to, happened.Number).Email(Made),
        ]);

    private static IEnumerable<OutboxItem> Concerned(Audience to, int number, EmailTemplate template) =>
        [.. Discloser(to, number).Email(template), .. Proposer(to, number).Email(template), .. Approver(to, number).Email(template)];

    /// <summary>Where the approver is asked again, the changed content says the rest.</summary>
    private static IEnumerable<OutboxItem> Replaced(DiscloserReplaced happened, Audience to) => happened.AsksAgain
        ? []
        :
        [
            .. Discloser(to, happened.Number).Email(ToMake),
            .. Proposer(to, happened.Number).Email(OtherDiscloser),
        ];

    private static IEnumerable<OutboxItem> Decided(DisclosureDecided happened, Audience to) => happened.Outcome switch
    {
        ApprovalOutcome.Approved =>
        [
            FollowUp(to, happened.Number),
            .. Discloser(to, happened.Number).Email(ToMake),
            .. Proposer(to, happened.Number).Email(Approved),
        ],
        ApprovalOutcome.Refused => Proposer(to, happened.Number).Email(Refused),
        _ => [FollowUp(to, happened.Number), .. Proposer(to, happened.Number).Email(ChangeRequested)],
    };

    private static OutboxItem Wake(Audience to, int number) => to.Wake(to.Instances.Approval(number, Find(to, number).Request));

    private static OutboxItem FollowUp(Audience to, int number) =>
        CaseOrchestrations.FollowUp(to.Instances, number, Find(to, number).Request);

    private static OutboxItem WakeFollowUp(Audience to, int number) => to.Wake(to.Instances.FollowUp(number, Find(to, number).Request));

    private static Recipients Coordinators(Audience to, int number) => to.Coordinators.About(number, Find(to, number).Request);

    private static Recipients Discloser(Audience to, int number) => About(to, number, found => found.DiscloserId);

    private static Recipients Approver(Audience to, int number) => About(to, number, found => found.ApproverId);

    private static Recipients Proposer(Audience to, int number) => About(to, number, found => found.ProposedBy);

    private static Recipients About(Audience to, int number, Func<Disclosure, string?> who)
    {
        var disclosure = Find(to, number);
        return to.Person(who(disclosure), number, disclosure.Request);
    }

    private static Disclosure Find(Audience to, int number) => to.Case.Disclosures.First(found => found.Number == number);
}
