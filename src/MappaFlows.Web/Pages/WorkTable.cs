namespace MappaFlows.Web.Pages;

/// <summary>A table of work on the start page.</summary>
/// <param name="Whose">Says what the links lead to.</param>
public sealed record WorkTable(WorkPart Part, DateTimeOffset Now, WorkOf Whose)
{
    public string Text(CaseWeb features, OwedObligation obligation) =>
        Whose == WorkOf.Mine ? features.Action(obligation) : features.Title(obligation);

    public string Path(CaseWeb features, CaseSummary summary, OwedObligation obligation) => Whose switch
    {
        WorkOf.Mine => features.Route(obligation, summary.Reference),
        WorkOf.PassedOn => Routes.PassedOn(summary.Reference, EscalationWeb.Slug(obligation.Kind, obligation.Number)),
        _ => Routes.Case(summary.Reference),
    };
}

/// <summary>Why work stands on someone's start page.</summary>
public enum WorkOf
{
    /// <summary>They owe it.</summary>
    Mine,

    /// <summary>It was passed on to them.</summary>
    PassedOn,

    /// <summary>No one is there who owes it.</summary>
    NoOne,
}
