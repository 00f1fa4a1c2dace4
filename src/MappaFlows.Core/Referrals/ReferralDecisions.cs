namespace MappaFlows.Core.Referrals;

/// <summary>Opens a case.</summary>
public static class ReferralDecisions
{
    public static Decision Submit(CaseState? state, SubmitReferral command, CaseContext context)
    {
        if (!Permissions.MayRefer(context.Actor)) return Decision.Forbidden("You do not have the right to refer someone.");
        if (state is not null) return Decision.Conflict("This referral was submitted before.");
        var problems = ReferralRules.Check(command.Referral, context.Today);
        return problems.Count > 0
            ? Decision.Invalid(problems)
            : Decision.Accept(new ReferralSubmitted(command.Reference, ReferralRules.Settle(command.Referral, context.Today)));
    }
}
