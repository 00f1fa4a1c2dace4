namespace MappaFlows.Core.Cases;

/// <summary>
/// A case as one person may read it. Built from nothing, not by removing: a new property stays hidden until someone decides who may see it.
/// </summary>
public sealed class CaseView
{
    private readonly CaseModel _model;
    private readonly Person _reader;

    internal CaseView(CaseModel model, Person reader, CaseScope scope, Timetable timetable)
    {
        _model = model;
        _reader = reader;
        Scope = scope;
        Timetable = timetable;
    }

    public CaseScope Scope { get; }

    /// <summary>What the case waits for, as far as it concerns the reader.</summary>
    public Timetable Timetable { get; }

    /// <summary>
    /// The case. Below <see cref="CaseScope.Whole"/> the parts that are not shown are empty, and the category is the one that was sought;
    /// below <see cref="CaseScope.Referral"/> there is no category and no referrer either.
    /// </summary>
    public CaseState Case => Timetable.Case;

    public bool IsWhole => Scope == CaseScope.Whole;

    public bool ShowsReferral => Scope >= CaseScope.Referral;

    /// <summary>Whether the event is the reader's to see.</summary>
    public bool Shows(StreamEvent happened) => Scope >= _model.ScopeOf(happened);

    /// <summary>Whether the reader may give the command in this case at all; the decision may still refuse it.</summary>
    public bool May(CaseCommand command) => _model.May(_reader, command, Case);
}
