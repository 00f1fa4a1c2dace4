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

    private static readonly EmailTemplate Made = new(
        "DisclosureMade", "Disclosure made: {reference}", "The approved disclosure was made and recorded.")
    {
        LeadsTo = DisclosurePage,
    };

    public static void Register(ReactionTable table) => table
        .Emails(ApprovalRequested, ApprovalReminder, DeputyAsked, Lapsed, Approved, ToMake, Refused, ChangeRequested, Withdrawn, Made)
        .On<DisclosureProposed>((happened, to) =>
            [CaseOrchestrations.Approval(to.Instances, happened.Number, 1), .. Approver(to, happened.Number).Email(ApprovalRequested)])
        .On<DisclosureRevised>((happened, to) =>
        [
            // The request that was open is over, and another begins.
            to.Wake(to.Instances.Approval(happened.Number, Find(to, happened.Number).Request - 1)),
            CaseOrchestrations.Approval(to.Instances, happened.Number, Find(to, happened.Number).Request),
            .. Approver(to, happened.Number).Email(ApprovalRequested),
        ])
        .Remind(DisclosureObligations.DecideDisclosure, (number, to) => Approver(to, number!.Value).Email(ApprovalReminder))
        .Escalate(
            DisclosureObligations.DecideDisclosure,
            (number, to) => About(to, number!.Value, found => found.DeputyId).Email(DeputyAsked))
        .On<ApprovalLapsed>((happened, to) => Proposer(to, happened.Number).Email(Lapsed))
        .On<DisclosureWithdrawn>((happened, to) => [Wake(to, happened.Number), .. Approver(to, happened.Number).Email(Withdrawn)])
        .On<DisclosureDecided>((happened, to) => [Wake(to, happened.Number), .. Decided(happened, to)])
        .On<DisclosureMade>((happened, to) => [.. Approver(to, happened.Number).Email(Made), .. Proposer(to, happened.Number).Email(Made)]);

    private static IEnumerable<OutboxItem> Decided(DisclosureDecided happened, Audience to) => happened.Outcome switch
    {
        ApprovalOutcome.Approved =>
        [
            .. About(to, happened.Number, found => found.Content.DiscloserId).Email(ToMake),
            .. Proposer(to, happened.Number).Email(Approved),
        ],
        ApprovalOutcome.Refused => Proposer(to, happened.Number).Email(Refused),
        _ => Proposer(to, happened.Number).Email(ChangeRequested),
    };

    private static OutboxItem Wake(Audience to, int number) => to.Wake(to.Instances.Approval(number, Find(to, number).Request));

    private static Recipients Approver(Audience to, int number) => About(to, number, found => found.ApproverId);

    private static Recipients Proposer(Audience to, int number) => About(to, number, found => found.ProposedBy);

    private static Recipients About(Audience to, int number, Func<Disclosure, string?> who)
    {
        var disclosure = Find(to, number);
        return to.Person(who(disclosure), number, disclosure.Request);
    }

    private static Disclosure Find(Audience to, int number) => to.Case.Disclosures.First(found => found.Number == number);
}
