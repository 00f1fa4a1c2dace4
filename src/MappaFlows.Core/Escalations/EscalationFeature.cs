namespace MappaFlows.Core.Escalations;

/// <summary>What was not done in time and was passed on: what those to whom it was passed on do about it.</summary>
public static class EscalationFeature
{
    public static void Register(CaseModel model) => model
        .State<EscalationsState>(version: 1)
        .Command<RemindOwner>(
            (state, command, context) => EscalationDecisions.Remind(model, state, command, context),
            (person, state, command) => May(model, person, state, command.Kind))
        .Command<NoteEscalation>(
            (state, command, context) => EscalationDecisions.Note(model, state, command, context),
            (person, state, command) => May(model, person, state, command.Kind))
        .Event<OwnerReminded>(EscalationsState.Apply, CaseScope.Whole)
        .Event<EscalationNoted>(EscalationsState.Apply, CaseScope.Whole);

    /// <summary>A kind that was sent knows no role: only the registered one does.</summary>
    private static bool May(CaseModel model, Person person, CaseState state, ObligationKind? kind) => EscalationDecisions.IsPassedOnTo(
        person, model.Obligations.FirstOrDefault(registered => registered == kind), state.AreaCode);
}
