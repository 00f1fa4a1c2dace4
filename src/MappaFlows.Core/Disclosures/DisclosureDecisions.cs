using MappaFlows.Core.Cases;
using MappaFlows.Core.People;
using MappaFlows.Core.Policy;

namespace MappaFlows.Core.Disclosures;

/// <summary>
/// Telling somebody outside: proposed with its exact content, decided by one named person on exactly that content, then made and recorded.
/// At level 2 and 3 the Chair authorises, at level 1 the lead agency's manager.
/// </summary>
public static class DisclosureDecisions
{
    /// <summary>Said of a disclosure that there is none of, and alike to whoever may not read the one that there is.</summary>
    public const string NoSuch = "This case has no such disclosure.";

    public static Decision Propose(Case @case, ProposeDisclosure command, DecisionContext context)
    {
        if (!@case.IsManaged) return Decision.Conflict("A disclosure can be proposed only while the person is managed. Nothing was changed.");

        var check = new Check();
        Content(check, command.Content, context);
        var candidates = Approvers(@case, context.People).Where(person => person.Id != context.Actor.Id).ToList();
        var approver = command.ApproverId is null ? candidates.FirstOrDefault() : candidates.FirstOrDefault(person => person.Id == command.ApproverId);
        check.That(
            approver is not null,
            nameof(command.ApproverId),
            command.ApproverId is null
                ? "Nobody in this area can approve this: ask your administrator to name a Chair"
                : "Select somebody who can approve this, other than yourself");
        if (check.Failed) return check.Refused;

        var deputy = Deputies(@case, context.People).FirstOrDefault(person => person.Id != approver!.Id && person.Id != context.Actor.Id);
        return Decision.Accept(new DisclosureProposed(
            @case.Disclosures.Count + 1,
            command.Content,
            command.Content.Hash(),
            approver!.Id,
            deputy?.Id));
    }

    public static Decision Revise(Case @case, ReviseDisclosure command, DecisionContext context)
    {
        if (Find(@case, command.Number) is not { } disclosure) return NoSuchDisclosure;
        if (!@case.IsManaged) return Decision.Conflict("The person is no longer managed. Nothing was changed.");
        if (disclosure.Stage is not (DisclosureStage.AwaitingApproval or DisclosureStage.ChangeAsked or DisclosureStage.Lapsed))
            return Decision.Conflict("This disclosure was decided: propose a new one. Nothing was changed.");
        if (context.Actor.Id == disclosure.ApproverId || context.Actor.Id == disclosure.DeputyId)
            return Decision.Forbidden("You are asked to decide this, so that somebody else has to change it. Ask for a change instead.");

        var check = new Check();
        Content(check, command.Content, context);
        check.That(
            command.Content.Hash() != disclosure.ContentHash || disclosure.Stage != DisclosureStage.AwaitingApproval,
            "",
            "Nothing is different from what the approver has now");
        return check.Failed ? check.Refused : Decision.Accept(new DisclosureRevised(command.Number, command.Content, command.Content.Hash()));
    }

    public static Decision Withdraw(Case @case, WithdrawDisclosure command)
    {
        if (Find(@case, command.Number) is not { } disclosure) return NoSuchDisclosure;
        if (disclosure.Stage is not (DisclosureStage.AwaitingApproval or DisclosureStage.ChangeAsked or DisclosureStage.Lapsed))
            return Decision.Conflict("This disclosure was decided and cannot be withdrawn. Nothing was changed.");
        var check = new Check();
        check.Text(command.Reason, nameof(command.Reason), "why it is withdrawn");
        return check.Failed ? check.Refused : Decision.Accept(new DisclosureWithdrawn(command.Number, command.Reason));
    }

    public static Decision Decide(Case @case, DecideDisclosure command, DecisionContext context)
    {
        if (Find(@case, command.Number) is not { } disclosure) return NoSuchDisclosure;
        if (!disclosure.MayBeDecidedBy(context.Actor.Id))
            return Decision.Forbidden("This decision was not asked of you. Your attempt was recorded.");
        if (disclosure.Stage != DisclosureStage.AwaitingApproval) return Decision.Conflict(WhyNotOpen(disclosure));
        if (context.Now >= ApprovalClock.Of(@case, disclosure, context.Policy, context.Calendar).LapseAt.At)
            return Decision.Conflict("The time to decide has passed: it has to be proposed again. Nothing was changed.");
        if (command.TokenHash is not null
            && !disclosure.Links.Any(link => link.TokenHash == command.TokenHash
                && link.Request == disclosure.Request
                && link.PersonId == context.Actor.Id
                && link.EndsAt > context.Now))
        {
            return Decision.Conflict("This link has ended or was replaced. Open the newest email, or sign in and open the case. Nothing was changed.");
        }

        if (command.ContentHash != disclosure.ContentHash)
            return Decision.Conflict("The content was changed after you opened this page. Read it again before you decide. Nothing was changed.");

        var check = new Check();
        if (check.Given(command.Outcome, nameof(command.Outcome), "Select what you decide"))
            check.That(Enum.IsDefined(command.Outcome.Value), nameof(command.Outcome), "Select what you decide");
        check.Text(command.Reasons, nameof(command.Reasons), "your reasons");
        return check.Failed
            ? check.Refused
            : Decision.Accept(new DisclosureDecided(command.Number, command.Outcome!.Value, command.Reasons, disclosure.ContentHash));
    }

    public static Decision IssueLink(Case @case, IssueApprovalLink command, DecisionContext context)
    {
        if (Find(@case, command.Number) is not { Stage: DisclosureStage.AwaitingApproval } disclosure || disclosure.Request != command.Request)
            return Decision.Conflict("This request for approval is over.");
        var ends = ApprovalClock.Of(@case, disclosure, context.Policy, context.Calendar).LapseAt.At;
        return Decision.Accept(new ApprovalLinkIssued(command.Number, command.Request, command.TokenHash, command.PersonId, ends));
    }

    public static Decision RecordRefusedAttempt(Case @case, RecordRefusedAttempt command) =>
        Find(@case, command.Number) is null ? NoSuchDisclosure : Decision.Accept(new ApprovalAttemptRefused(command.Number, command.Why));

    public static Decision Record(Case @case, RecordDisclosure command, DecisionContext context)
    {
        if (Find(@case, command.Number) is not { } disclosure) return NoSuchDisclosure;
        if (disclosure.Stage == DisclosureStage.Made) return Decision.Conflict("This disclosure was recorded already. Nothing was changed.");
        if (disclosure.Stage != DisclosureStage.Approved) return Decision.Conflict("This disclosure is not approved: nothing may be told.");

        var check = new Check();
        var decidedOn = Calendars.LondonTime.Today(disclosure.Decision!.At);
        if (check.Given(command.Act.On, nameof(command.Act.On), "Enter the day on which you told the recipient"))
        {
            check.That(command.Act.On <= context.Today, nameof(command.Act.On), "The day must be today or in the past");
            check.That(command.Act.On >= decidedOn, nameof(command.Act.On), $"The day must not be before the approval, {PlainDate.Of(decidedOn)}");
        }

        if (check.Given(command.Act.Method, nameof(command.Act.Method), "Select how you told the recipient"))
            check.That(Enum.IsDefined(command.Act.Method.Value), nameof(command.Act.Method), "Select how you told the recipient");
        check.Given(command.Act.RecipientUndertook, nameof(command.Act.RecipientUndertook), "Select whether the recipient undertook to keep it confidential");
        check.OptionalText(command.Act.Notes, nameof(command.Act.Notes), "the notes");
        return check.Failed ? check.Refused : Decision.Accept(new DisclosureMade(command.Number, command.Act));
    }

    /// <summary>Who can be asked to approve a disclosure in this case, the first choice first.</summary>
    public static IEnumerable<Person> Approvers(Case @case, IReadOnlyList<Person> people) => @case.Level == ManagementLevel.Level1
        ? people.Where(person => person.Is(Role.LeadAgencyManager, @case.AreaCode) && person.AgencyId == @case.LeadAgencyId)
        : people.Where(person => person.Is(Role.Chair, @case.AreaCode));

    /// <summary>Who decides when the approver does not, the first choice first.</summary>
    private static IEnumerable<Person> Deputies(Case @case, IReadOnlyList<Person> people)
    {
        var deputies = people.Where(person => person.Is(Role.DeputyChair, @case.AreaCode));
        return @case.Level == ManagementLevel.Level1 ? Approvers(@case, people).Concat(deputies) : deputies.Concat(Approvers(@case, people));
    }

    /// <summary>Why a disclosure that was put up for a decision can no longer be decided.</summary>
    public static string WhyNotOpen(Disclosure disclosure) => disclosure.Stage switch
    {
        DisclosureStage.Lapsed => "The time to decide has passed: it has to be proposed again. Nothing was changed.",
        DisclosureStage.Withdrawn => "The proposal was withdrawn. Nothing was changed.",
        DisclosureStage.ChangeAsked => "A change was asked for already. You get a new link when the content is changed. Nothing was changed.",
        DisclosureStage.Refused => "This was refused already. Nothing was changed.",
        _ => "This was approved already. Nothing was changed.",
    };

    private static void Content(Check check, DisclosureContent content, DecisionContext context)
    {
        check.Text(content.Information, nameof(content.Information), "exactly what is to be told");
        check.Text(content.RecipientName, nameof(content.RecipientName), "the name of the recipient", Check.ShortText);
        check.Text(content.RecipientContact, nameof(content.RecipientContact), "how to reach the recipient", Check.ShortText);
        check.Text(content.RecipientRelation, nameof(content.RecipientRelation), "what the recipient is to those at risk", Check.ShortText);
        check.That(
            content.DiscloserId is not null && context.People.Any(person => person.Id == content.DiscloserId),
            nameof(content.DiscloserId),
            "Select who will tell the recipient");
        if (check.Given(content.Method, nameof(content.Method), "Select how the recipient will be told"))
            check.That(Enum.IsDefined(content.Method.Value), nameof(content.Method), "Select how the recipient will be told");
        check.Text(content.ReasonsFor, nameof(content.ReasonsFor), "the reasons for disclosure: why it is necessary, proportionate and lawful");
        check.Text(content.ReasonsAgainst, nameof(content.ReasonsAgainst), "the reasons against disclosure, or why there are none");
        check.OptionalText(content.Conditions, nameof(content.Conditions), "the conditions");
        check.Given(content.PresumptionToDisclose, nameof(content.PresumptionToDisclose), "Select whether the presumption to disclose applies");
        check.Given(content.SubjectTold, nameof(content.SubjectTold), "Select whether the person is told");
        if (content.SubjectTold == false)
            check.Text(content.SubjectToldReasons, nameof(content.SubjectToldReasons), "why the person is not told");
        else
            check.OptionalText(content.SubjectToldReasons, nameof(content.SubjectToldReasons), "the reasons");
    }

    private static Disclosure? Find(Case @case, int number) => @case.Disclosures.FirstOrDefault(disclosure => disclosure.Number == number);

    private static Decision NoSuchDisclosure => new Decision.Refused(RefusalKind.NotFound, [new("", NoSuch)]);
}
