namespace MappaFlows.Core.Disclosures;

/// <summary>
/// Telling someone outside: proposed with its exact content, decided by one named person on exactly that content, then made and recorded.
/// At level 2 and 3 the Chair authorises, at level 1 the lead agency's manager.
/// </summary>
public static class DisclosureDecisions
{
    /// <summary>The same answer for a disclosure that does not exist and one that the person may not read.</summary>
    public const string NoSuch = "This case has no such disclosure.";

    private const string NotAsked = "You were not asked to make this decision.";

    private const string RoleLost = "You no longer hold a role that can make this decision.";

    private const string Recorded = " Your attempt was recorded.";

    private const string RecordedBefore = " Your earlier attempts were recorded.";

    public static Decision Propose(CaseState state, ProposeDisclosure command, CaseContext context)
    {
        if (!state.IsManaged) return Decision.Conflict("A disclosure can be proposed only while the person is managed. Nothing was changed.");

        var validation = new Validation();
        Content(validation, command.Content, context);
        var candidates = Approvers(state, context.People, context.Actor);
        var approver = command.ApproverId is null
            ? candidates.FirstOrDefault()
            : candidates.FirstOrDefault(person => person.Id == command.ApproverId);
        validation.Require(
            approver is not null,
            nameof(command.ApproverId),
            command.ApproverId is null
                ? "No one else in this area can approve this. Ask your administrator to name a Chair or a deputy"
                : "Select someone other than yourself who can approve this");
        if (validation.HasFailed) return validation.Refused;

        var deputy = Deputies(state, context.People).FirstOrDefault(person => person.Id != approver!.Id && person.Id != context.Actor.Id);
        return Decision.Accept(new DisclosureProposed(
            state.Disclosures.Count + 1,
            command.Content,
            command.Content.Hash(),
            approver!.Id,
            deputy?.Id));
    }

    public static Decision Revise(CaseState state, ReviseDisclosure command, CaseContext context)
    {
        if (state.FindDisclosure(command.Number) is not { } disclosure) return NoSuchDisclosure;
        if (!state.IsManaged) return Decision.Conflict("The person is no longer managed. Nothing was changed.");
        if (!disclosure.CanBeRevised)
            return Decision.Conflict("This disclosure was decided: propose a new one. Nothing was changed.");
        if (context.Actor.Id == disclosure.ApproverId || context.Actor.Id == disclosure.DeputyId)
            return Decision.Forbidden("You are asked to decide this, so someone else has to change it. Ask for a change instead.");

        var validation = new Validation();
        Content(validation, command.Content, context);
        validation.Require(
            command.Content.Hash() != disclosure.ContentHash || !disclosure.IsAwaitingApproval,
            "",
            "The content is the same as the approver has now. Change something, or leave it as it is");
        return validation.HasFailed
            ? validation.Refused
            : Decision.Accept(new DisclosureRevised(command.Number, command.Content, command.Content.Hash()));
    }

    public static Decision Withdraw(CaseState state, WithdrawDisclosure command)
    {
        if (state.FindDisclosure(command.Number) is not { } disclosure) return NoSuchDisclosure;
        if (!disclosure.CanBeRevised)
            return Decision.Conflict("This disclosure was decided and cannot be withdrawn. Nothing was changed.");
        var validation = new Validation();
        validation.Text(command.Reason, nameof(command.Reason), "why it is withdrawn");
        return validation.HasFailed ? validation.Refused : Decision.Accept(new DisclosureWithdrawn(command.Number, command.Reason));
    }

    public static Decision Decide(CaseState state, DecideDisclosure command, CaseContext context)
    {
        if (state.FindDisclosure(command.Number) is not { } disclosure) return NoSuchDisclosure;
        if (!disclosure.IsAwaitingApproval) return Decision.Conflict(WhyNotOpen(disclosure));
        if (context.Now >= ApprovalClock.Of(state, disclosure, context.Policy, context.Calendar).LapseAt.At)
            return Decision.Conflict("The time to decide has passed. The disclosure has to be proposed again. Nothing was changed.");
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

        var validation = new Validation();
        if (validation.Given(command.Outcome, nameof(command.Outcome), "Select what you decide"))
            validation.Require(Enum.IsDefined(command.Outcome.Value), nameof(command.Outcome), "Select what you decide");
        validation.Text(command.Reasons, nameof(command.Reasons), "your reasons");
        return validation.HasFailed
            ? validation.Refused
            : Decision.Accept(new DisclosureDecided(command.Number, command.Outcome!.Value, command.Reasons, disclosure.ContentHash));
    }

    public static Decision IssueLink(CaseState state, IssueApprovalLink command, CaseContext context)
    {
        if (state.FindDisclosure(command.Number) is not { IsAwaitingApproval: true } disclosure || disclosure.Request != command.Request)
            return Decision.Conflict("This request for approval has ended.");
        var ends = ApprovalClock.Of(state, disclosure, context.Policy, context.Calendar).LapseAt.At;
        return Decision.Accept(new ApprovalLinkIssued(command.Number, command.Request, command.TokenHash, command.PersonId, ends));
    }

    /// <summary>
    /// Keeps a refused decision on record, so many of each person. Someone who may read neither the whole case nor this disclosure gets the
    /// same answer as for a disclosure that does not exist; without a link that was sent for it they write nothing into the case.
    /// </summary>
    public static Decision.Refused RecordAttempt(CaseState state, DecideDisclosure command, CaseContext context, Decision.Refused refused)
    {
        if (state.FindDisclosure(command.Number) is not { } disclosure) return NoSuchDisclosure;
        if (refused.Kind is not (RefusalKind.Forbidden or RefusalKind.Conflict)) return refused;

        var hasPart = CasePermissions.WorksOn(context.Actor, state) || DisclosurePermissions.MayRead(context.Actor, disclosure);
        var hasLink = command.TokenHash is { } token && disclosure.Links.Any(link => link.TokenHash == token);
        if (!hasPart && !hasLink) return NoSuchDisclosure;

        var isRecorded = state.Part<ApprovalAttemptsState>().MayRecord(command.Number, context.Actor.Id);
        var reason = refused.Kind == RefusalKind.Conflict ? refused.Problems[0].Message
            : (disclosure.MayBeDecidedBy(context.Actor.Id) ? RoleLost : NotAsked) + (isRecorded ? Recorded : RecordedBefore);
        var answer = refused.Kind == RefusalKind.Conflict ? refused : refused with { Problems = [new("", reason)] };
        return (hasPart ? answer : NoSuchDisclosure) with
        {
            Record = isRecorded ? [new ApprovalAttemptRefused(command.Number, reason)] : [],
        };
    }

    /// <summary>Nothing may be disclosed on a decision after the exit, so what waits for an approver ends with the case.</summary>
    public static IEnumerable<CaseEvent> WithdrawOpen(CaseState state) => state.Disclosures
        .Where(disclosure => disclosure.IsOpen)
        .Select(disclosure => new DisclosureWithdrawn(disclosure.Number, "The case closed."));

    public static Decision Record(CaseState state, RecordDisclosure command, CaseContext context)
    {
        if (state.FindDisclosure(command.Number) is not { } disclosure) return NoSuchDisclosure;
        if (disclosure.Stage == DisclosureStage.Made) return Decision.Conflict("This disclosure was recorded already. Nothing was changed.");
        if (disclosure.Stage != DisclosureStage.Approved) return Decision.Conflict("This disclosure is not approved, so it must not be made.");

        var validation = new Validation();
        var decidedOn = Calendars.LondonTime.Today(disclosure.Decision!.At);
        if (validation.Given(command.Record.On, nameof(command.Record.On), "Enter the date you made the disclosure"))
        {
            validation.Require(command.Record.On <= context.Today, nameof(command.Record.On), "The day must be today or in the past");
            validation.Require(command.Record.On >= decidedOn, nameof(command.Record.On), $"The day must not be before the approval, {PlainDate.Of(decidedOn)}");
        }

        if (validation.Given(command.Record.Method, nameof(command.Record.Method), "Select how you made the disclosure"))
            validation.Require(Enum.IsDefined(command.Record.Method.Value), nameof(command.Record.Method), "Select how you made the disclosure");
        validation.Given(command.Record.RecipientUndertook, nameof(command.Record.RecipientUndertook), "Select whether the recipient undertook to keep it confidential");
        validation.OptionalText(command.Record.Notes, nameof(command.Record.Notes), "the notes");
        return validation.HasFailed ? validation.Refused : Decision.Accept(new DisclosureMade(command.Number, command.Record));
    }

    /// <summary>
    /// Whom this person can ask to approve a disclosure in this case, the first choice first. No one decides on their own proposal: where
    /// they are the only one whose turn it is, those who stand in are asked, so that a proposal always finds someone.
    /// </summary>
    public static IReadOnlyList<Person> Approvers(CaseState state, IReadOnlyList<Person> people, Person proposer)
    {
        List<Person> first = [.. Approvers(state, people).Where(person => person.Id != proposer.Id)];
        return first.Count > 0 ? first : [.. StandIns(state, people).Where(person => person.Id != proposer.Id).Distinct()];
    }

    private static IEnumerable<Person> StandIns(CaseState state, IReadOnlyList<Person> people) =>
        Deputies(state, people).Concat(people.Where(person => person.Is(Role.Chair, state.AreaCode)));

    private static IEnumerable<Person> Approvers(CaseState state, IReadOnlyList<Person> people) => state.Level == ManagementLevel.Level1
        ? people.Where(person => person.Is(Role.LeadAgencyManager, state.AreaCode) && person.AgencyId == state.LeadAgencyId)
        : people.Where(person => person.Is(Role.Chair, state.AreaCode));

    /// <summary>Who decides when the approver does not, the first choice first.</summary>
    private static IEnumerable<Person> Deputies(CaseState state, IReadOnlyList<Person> people)
    {
        var deputies = people.Where(person => person.Is(Role.DeputyChair, state.AreaCode));
        return state.Level == ManagementLevel.Level1
            ? Approvers(state, people).Concat(deputies)
            : deputies.Concat(Approvers(state, people));
    }

    /// <summary>Why a disclosure that was put up for a decision can no longer be decided.</summary>
    public static string WhyNotOpen(Disclosure disclosure) => disclosure.Stage switch
    {
        DisclosureStage.Lapsed => "The time to decide has passed. The disclosure has to be proposed again. Nothing was changed.",
        DisclosureStage.Withdrawn => "The proposal was withdrawn. Nothing was changed.",
        DisclosureStage.ChangeRequested => "A change was asked for already. You get a new link when the content is changed. Nothing was changed.",
        DisclosureStage.Refused => "This was refused already. Nothing was changed.",
        _ => "This was approved already. Nothing was changed.",
    };

    private static void Content(Validation validation, DisclosureContent content, CaseContext context)
    {
        validation.Text(content.Information, nameof(content.Information), "exactly what is to be disclosed");
        validation.Text(content.RecipientName, nameof(content.RecipientName), "the name of the recipient", Validation.MaxShortText);
        validation.Text(content.RecipientContact, nameof(content.RecipientContact), "how to reach the recipient", Validation.MaxShortText);
        validation.Text(content.RecipientRelation, nameof(content.RecipientRelation), "what the recipient is to those at risk", Validation.MaxShortText);
        validation.Require(
            content.DiscloserId is not null && context.People.Any(
                person => person.Id == content.DiscloserId && DisclosurePermissions.MayBeDiscloser(person)),
            nameof(content.DiscloserId),
            "Select who will make the disclosure");
        if (validation.Given(content.Method, nameof(content.Method), "Select how the disclosure will be made"))
            validation.Require(Enum.IsDefined(content.Method.Value), nameof(content.Method), "Select how the disclosure will be made");
        validation.Text(content.ReasonsFor, nameof(content.ReasonsFor), "the reasons for disclosure: why it is necessary, proportionate and lawful");
        validation.Text(content.ReasonsAgainst, nameof(content.ReasonsAgainst), "the reasons against disclosure, or why there are none");
        validation.OptionalText(content.Conditions, nameof(content.Conditions), "the conditions");
        validation.Given(content.PresumptionToDisclose, nameof(content.PresumptionToDisclose), "Select whether the presumption to disclose applies");
        validation.Given(content.SubjectInformed, nameof(content.SubjectInformed), "Select whether the person will be informed");
        if (content.SubjectInformed == false)
            validation.Text(content.SubjectInformedReasons, nameof(content.SubjectInformedReasons), "why the person will not be informed");
        else
            validation.OptionalText(content.SubjectInformedReasons, nameof(content.SubjectInformedReasons), "the reasons");
    }

    private static Decision.Refused NoSuchDisclosure => new(RefusalKind.NotFound, [new("", NoSuch)]);
}
