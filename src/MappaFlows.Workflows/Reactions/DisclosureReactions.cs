namespace MappaFlows.Workflows.Reactions;

/// <summary>What follows from a proposal to disclose, and from what becomes of it.</summary>
public static class DisclosureReactions
{
    public static EmailPage DisclosurePage { get; } = new("Disclosure");

    public static EmailPage DecisionPage { get; } = new("Decision");

    private static readonly EmailTemplate ApprovalRequested = new(
        "ApprovalRequested",
        "your decision is needed on a disclosure",
        "Someone proposes a disclosure outside the agencies. You are asked to decide.")
    {
        Due = DisclosureObligations.DecideDisclosure,
        AsksForDecision = true,
        LeadsTo = DecisionPage,
    };

    private static readonly EmailTemplate ApprovalReminder = new(
        "ApprovalReminder", "reminder, your decision is needed on a disclosure", "You have not made a decision yet that you were asked for.")
    {
        Due = DisclosureObligations.DecideDisclosure,
        AsksForDecision = true,
        LeadsTo = DecisionPage,
    };

    private static readonly EmailTemplate DeputyAsked = new(
        "ApprovalEscalated",
        "your decision is needed as deputy on a disclosure",
        "The approver did not decide in time. You are asked to decide as their deputy.")
    {
        Due = DisclosureObligations.DecideDisclosure,
        AsksForDecision = true,
        LeadsTo = DecisionPage,
    };

    private static readonly EmailTemplate Lapsed = new(
        "ApprovalLapsed",
        "proposal to disclose not decided in time",
        "No one decided on your proposal in time. Nothing may be disclosed. You can ask again.")
    {
        LeadsTo = DisclosurePage,
    };

    private static readonly EmailTemplate Approved = new(
        "DisclosureApproved",
        "proposal to disclose approved",
        "Your proposal was approved. The discloser has been asked to make the disclosure.")
    {
        LeadsTo = DisclosurePage,
    };

    private static readonly EmailTemplate ToMake = new(
        "DisclosureToMake",
        "disclosure to make",
        "You may now disclose exactly what was approved. Then record that you did.")
    {
        Due = DisclosureObligations.MakeDisclosure,
        IsUrgent = true,
        LeadsTo = DisclosurePage,
    };

    private static readonly EmailTemplate Refused = new(
        "DisclosureRefused",
        "proposal to disclose refused",
        "Your proposal was refused. Nothing may be disclosed. The reasons are on its page.")
    {
        LeadsTo = DisclosurePage,
    };

    private static readonly EmailTemplate ChangeRequested = new(
        "DisclosureChangeRequested", "proposal to disclose has to be changed", "You are asked to change your proposal before it can be decided.")
    {
        Due = DisclosureObligations.ReviseDisclosure,
        LeadsTo = DisclosurePage,
    };

    private static readonly EmailTemplate Withdrawn = new(
        "DisclosureWithdrawn",
        "proposal to disclose withdrawn",
        "A proposal that you were asked to decide was withdrawn. You do not need to do anything.");

    private static readonly EmailTemplate Made = new(
        "DisclosureMade", "disclosure made", "The approved disclosure was made and recorded.")
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
