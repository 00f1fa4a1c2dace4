namespace MappaFlows.Core.Referrals;

/// <summary>Opens a case.</summary>
public static class ReferralDecisions
{
    public static Decision Submit(CaseState? state, SubmitReferral command, CaseContext context)
    {
        if (!Permissions.MayRefer(context.Actor)) return Decision.Forbidden("You do not have the right to refer someone.");
        if (state is not null) return Decision.Conflict("This referral was submitted before.");
        var problems = ReferralRules.Check(command.Referral, context.Today);
        var area = MappaAreas.Find(command.Referral.Placement.Area);
        if (area is not null && NoOneIn(area, context.People) is { } no) problems = [no, .. problems];
        return problems.Count > 0
            ? Decision.Invalid(problems)
            : Decision.Accept(new ReferralSubmitted(command.Reference, ReferralRules.Settle(command.Referral, context.Today)));
    }

    /// <summary>A referral into an area where no one works with the product would wait unseen; null where someone does.</summary>
    public static Problem? NoOneIn(Area area, IReadOnlyList<Person> people) =>
        people.Any(person => Permissions.ReceivesReferrals(person, area.Code))
            ? null
            : new(
                "Placement.Area",
                $"No one in {area.Name} works with MappaFlows yet, so this referral would reach no one. Phone the MAPPA co-ordinator of that area");
}
