namespace MappaFlows.Core.Disclosures;

/// <summary>An approved disclosure is made, by the person named for it, as it was approved; anything else has to be explained.</summary>
public static class MakingDecisions
{
    internal const string NotApproved = "This disclosure is not approved now. Nothing was changed.";

    public static Decision Record(CaseState state, RecordDisclosure command, CaseContext context)
    {
        if (state.FindDisclosure(command.Number) is not { } disclosure) return DisclosureDecisions.NoSuchDisclosure;
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

    public static Decision Replace(CaseState state, ReplaceDiscloser command, CaseContext context)
    {
        if (state.FindDisclosure(command.Number) is not { } disclosure) return DisclosureDecisions.NoSuchDisclosure;
        if (!disclosure.IsApproved) return Decision.Conflict(NotApproved);
        var asksAgain = !disclosure.MayBeDecidedBy(context.Actor.Id) || !DisclosurePermissions.HoldsApprovingRole(context.Actor, state);
        if (asksAgain && !state.IsManaged)
            return Decision.Conflict("The person is no longer managed, so only the approver can name another discloser. Nothing was changed.");

        var validation = new Validation();
        DisclosureDecisions.Discloser(validation, command.DiscloserId, context);
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
}
