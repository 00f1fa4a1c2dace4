namespace MappaFlows.Core.Cases;

/// <summary>What every case has, with any features.</summary>
internal static class CaseKernel
{
    public const string PartName = "Case";

    /// <summary>Raise it when the shape or the meaning of <see cref="CaseState"/>'s own properties changes.</summary>
    public const int Version = 1;

    public static void Register(CaseModel model) => model
        .State<RemindersState>(version: 2)
        .Command<DoWhatIsDue>((state, command, context) => DueObligations.Decide(model, state, command, context), CasePermissions.IsClock)
        .Event<LevelChanged>(
            (CaseState state, LevelChanged happened, EventInfo info) => state with { Level = happened.To, LevelSince = info.At },
            CaseScope.Whole)
        .Event<CategoryChanged>(
            (CaseState state, CategoryChanged happened, EventInfo _) => state with { Category = happened.To },
            CaseScope.Whole)
        .Event<CaseClosed>((CaseState state, CaseClosed _, EventInfo _) => state with { Stage = CaseStage.Closed }, CaseScope.Whole)
        .Event<ObligationReminded>(RemindersState.Apply, CaseScope.Whole)
        .Event<ObligationEscalated>(RemindersState.Apply, CaseScope.Whole)
        .Event<ObligationStillOverdue>(RemindersState.Apply, CaseScope.Whole)
        .Readers(CasePermissions.ScopeOf);

    /// <summary>The kernel's properties that a reader of this scope sees.</summary>
    public static CaseState Narrow(CaseState whole, CaseScope scope)
    {
        var least = new CaseState
        {
            Reference = whole.Reference,
            Stage = whole.Stage,
            AreaCode = whole.AreaCode,
            LeadAgencyId = whole.LeadAgencyId,
            ReferrerId = "",
        };
        return scope < CaseScope.Referral
            ? least
            : least with
            {
                CategorySought = whole.CategorySought,
                Category = whole.CategorySought,
                ReferrerId = whole.ReferrerId,
                ReferredAt = whole.ReferredAt,
                AcceptedAt = whole.AcceptedAt,
            };
    }
}
