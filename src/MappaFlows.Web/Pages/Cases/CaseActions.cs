namespace MappaFlows.Web.Pages.Cases;

/// <summary>A case as the features read it to say what can be done.</summary>
public sealed record CaseActions(CaseView View, DateTimeOffset Now, CaseWeb Web)
{
    public CaseState Case => View.Case;

    public CaseReference Reference => View.Case.Reference;

    /// <summary>What meets an obligation.</summary>
    public CaseAction Owed(ObligationKind kind, int? number = null) =>
        new(Web.Action(kind, number), Web.Route(kind, number, Reference), IsOwed: true);
}

/// <summary>Something that a person may do.</summary>
/// <param name="Text">What the link says.</param>
/// <param name="Path">Where it is done.</param>
/// <param name="IsOwed">Whether the case waits for it.</param>
public sealed record CaseAction(string Text, string Path, bool IsOwed = false);
