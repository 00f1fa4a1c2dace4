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

    private const string NotApproved = "This disclosure is not approved now. Nothing was changed.";

    private const string RoleLost = "You no longer hold a role that can make this decision.";

    private const string Recorded = " Your attempt was recorded.";

    private const string RecordedBefore = " Your earlier attempts were recorded.";

    public static Decision Propose(CaseState state, ProposeDisclosure command, CaseContext context)
    {
        if (!state.IsManaged) return Decision.Conflict("A disclosure can be proposed only while the person is managed. Nothing was changed.");

        var validation = new Validation();
        Content(validation, command.Content, context);
        MakeBy(validation, state, command.Content.MakeBy, context);
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
        MakeBy(validation, state, command.Content.MakeBy, context);
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
        {
            validation.Require(Enum.IsDefined(command.Outcome.Value), nameof(command.Outcome), "Select what you decide");
            validation.Require(
                command.Outcome != ApprovalOutcome.Approved || !(disclosure.Content.MakeBy < context.Today),
                nameof(command.Outcome),
                "The last day that was asked for has passed, so it cannot be approved: ask for a change, or refuse it");
        }

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
        if (!disclosure.CanBeRecorded) return Decision.Conflict("This disclosure is not approved, so it must not be made.");

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
        validation.OptionalText(command.Record.Explanation, nameof(command.Record.Explanation), "the explanation");
        if (validation.HasFailed) return validation.Refused;

        var differences = Differences(disclosure, command.Record, MakingClock.Of(disclosure, context.Clocks(state)).LastDay.Day);
        validation.Require(
            differences.Count == 0 || !TextPolicy.IsBlank(command.Record.Explanation),
            nameof(command.Record.Explanation),
            $"This is not what was approved: {string.Join("; ", differences.Select(Words))}. "
                + "Explain why. The Chair is told");
        return validation.HasFailed
            ? validation.Refused
            : Decision.Accept(new DisclosureMade(command.Number, command.Record, differences.Count == 0 ? null : differences));
    }

    public static Decision Revoke(CaseState state, RevokeApproval command, CaseContext context)
    {
        if (state.FindDisclosure(command.Number) is not { } disclosure) return NoSuchDisclosure;
        if (!disclosure.IsApproved) return Decision.Conflict(NotApproved);
        var validation = new Validation();
        validation.Text(command.Reason, nameof(command.Reason), "why the approval is revoked");
        return validation.HasFailed ? validation.Refused : Decision.Accept(new ApprovalRevoked(command.Number, command.Reason));
    }

    public static Decision Replace(CaseState state, ReplaceDiscloser command, CaseContext context)
    {
        if (state.FindDisclosure(command.Number) is not { } disclosure) return NoSuchDisclosure;
        if (!disclosure.IsApproved) return Decision.Conflict(NotApproved);
        var asksAgain = !disclosure.MayBeDecidedBy(context.Actor.Id) || !DisclosurePermissions.HoldsApprovingRole(context.Actor, state);
        if (asksAgain && !state.IsManaged)
            return Decision.Conflict("The person is no longer managed, so only the approver can name another discloser. Nothing was changed.");

        var validation = new Validation();
        Discloser(validation, command.DiscloserId, context);
        validation.Require(
            command.DiscloserId != disclosure.DiscloserId,
            nameof(command.DiscloserId),
            "Select another person: this one is the discloser already");
        validation.Require(
            asksAgain || command.DiscloserId != context.Actor.Id,
            nameof(command.DiscloserId),
            "Select someone other than yourself: you decide on this disclosure");
        validation.Require(
            !asksAgain || !(disclosure.Content.MakeBy < context.Today),
            nameof(command.DiscloserId),
            "The last day that was asked for has passed. Revoke the approval, and propose the disclosure again");
        validation.Text(command.Reason, nameof(command.Reason), "why someone else makes it");
        if (validation.HasFailed) return validation.Refused;

        var replaced = new DiscloserReplaced(command.Number, disclosure.DiscloserId ?? "", command.DiscloserId!, command.Reason, asksAgain);
        if (!asksAgain) return Decision.Accept(replaced);
        var content = disclosure.Content with { DiscloserId = command.DiscloserId };
        return Decision.Accept(replaced, new DisclosureRevised(command.Number, content, content.Hash()));
    }

    /// <summary>In what an act is not what was approved.</summary>
    /// <param name="lastDay">The last day of the approval.</param>
    public static IReadOnlyList<DisclosureDifference> Differences(Disclosure disclosure, DisclosureRecord record, DateOnly lastDay)
    {
        List<DisclosureDifference> differences = [];
        if (record.Method != disclosure.Content.Method) differences.Add(DisclosureDifference.OtherMethod);
        if (record.RecipientUndertook == false) differences.Add(DisclosureDifference.NoUndertaking);
        if (record.On > lastDay) differences.Add(DisclosureDifference.AfterLastDay);
        if (disclosure.Stage == DisclosureStage.Revoked) differences.Add(DisclosureDifference.Revoked);
        return differences;
    }

    private static string Words(DisclosureDifference difference) => difference switch
    {
        DisclosureDifference.OtherMethod => "it was made by another method",
        DisclosureDifference.NoUndertaking => "the recipient did not undertake to keep it confidential",
        DisclosureDifference.AfterLastDay => "the last day had passed",
        _ => "the approval was revoked",
    };

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
        DisclosureStage.ApprovalEnded => "The approval ended. The disclosure has to be proposed again. Nothing was changed.",
        DisclosureStage.Revoked => "The approval was revoked. Nothing was changed.",
        _ => "This was approved already. Nothing was changed.",
    };

    private static void Content(Validation validation, DisclosureContent content, CaseContext context)
    {
        validation.Text(content.Information, nameof(content.Information), "exactly what is to be disclosed");
        validation.Text(content.RecipientName, nameof(content.RecipientName), "the name of the recipient", Validation.MaxShortText);
        validation.Text(content.RecipientContact, nameof(content.RecipientContact), "how to reach the recipient", Validation.MaxShortText);
        validation.Text(content.RecipientRelation, nameof(content.RecipientRelation), "what the recipient is to those at risk", Validation.MaxShortText);
        Discloser(validation, content.DiscloserId, context);
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

    private static void Discloser(Validation validation, string? discloserId, CaseContext context) => validation.Require(
        discloserId is not null && context.People.Any(
            person => person.Id == discloserId && DisclosurePermissions.MayBeDiscloser(person)),
        nameof(DisclosureContent.DiscloserId),
        "Select who will make the disclosure");

    private static void MakeBy(Validation validation, CaseState state, DateOnly? makeBy, CaseContext context)
    {
        if (makeBy is null) return;
        var last = context.Clocks(state).After(context.Now, ClockIds.DisclosureLastDay).Day;
        validation.Require(makeBy >= context.Today, nameof(DisclosureContent.MakeBy), "The last day must be today or later");
        validation.Require(
            makeBy <= last,
            nameof(DisclosureContent.MakeBy),
            $"The last day must not be after {PlainDate.Of(last)}: an approval holds no longer");
    }

    private static Decision.Refused NoSuchDisclosure => new(RefusalKind.NotFound, [new("", NoSuch)]);
}
