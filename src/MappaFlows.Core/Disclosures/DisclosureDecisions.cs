namespace MappaFlows.Core.Disclosures;

/// <summary>A proposed disclosure, with its exact content. Until it is decided, it can be changed and withdrawn.</summary>
public static class DisclosureDecisions
{
    /// <summary>The same answer for a disclosure that does not exist and one that the person may not read.</summary>
    public const string NoSuch = "This case has no such disclosure.";

    public static Decision Propose(CaseState state, ProposeDisclosure command, CaseContext context)
    {
        if (!state.IsManaged) return Decision.Conflict("A disclosure can be proposed only while the person is managed. Nothing was changed.");

        var validation = new Validation();
        Content(validation, command.Content, context);
        MakeBy(validation, state, command.Content.MakeBy, context);
        var candidates = DisclosureApprovers.For(state, context.People, context.Actor);
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

        var deputy = DisclosureApprovers.Deputies(state, context.People)
            .FirstOrDefault(person => person.Id != approver!.Id && person.Id != context.Actor.Id);
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

    /// <summary>Nothing may be disclosed on a decision after the exit, so what waits for an approver ends with the case.</summary>
    public static IEnumerable<CaseEvent> WithdrawOpen(CaseState state) => state.Disclosures
        .Where(disclosure => disclosure.IsOpen)
        .Select(disclosure => new DisclosureWithdrawn(disclosure.Number, "The case closed."));

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

    internal static void Discloser(Validation validation, string? discloserId, CaseContext context) => validation.Require(
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

    internal static Decision.Refused NoSuchDisclosure => new(RefusalKind.NotFound, [new("", NoSuch)]);
}
