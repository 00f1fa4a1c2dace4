namespace MappaFlows.Core.Escalations;

/// <summary>What someone can do about what was passed on to them, besides doing it themselves where they have the right.</summary>
public static class EscalationDecisions
{
    /// <summary>The role to which this kind is passed on, or for a Chair's their deputies too.</summary>
    public static bool IsPassedOnTo(Person person, ObligationKind? kind, string area) => kind?.PassedOnTo switch
    {
        Role.Chair => person.Is(Role.Chair, area) || person.Is(Role.DeputyChair, area),
        { } role => person.Is(role, area),
        null => false,
    };

    internal static Decision Remind(CaseModel model, CaseState state, RemindOwner command, CaseContext context)
    {
        if (Find(model, state, command.Kind, command.Number, context) is not { } obligation) return Done;
        if (state.WasOwnerReminded(obligation, context.Today))
            return Decision.Conflict("They were reminded today already. Nothing was changed.");
        return Decision.Accept(new OwnerReminded(
            obligation.Kind, obligation.Number, obligation.Due?.At, obligation.Owner.Role, obligation.Owner.PersonId));
    }

    internal static Decision Note(CaseModel model, CaseState state, NoteEscalation command, CaseContext context)
    {
        if (Find(model, state, command.Kind, command.Number, context) is not { } obligation) return Done;
        var validation = new Validation();
        validation.Text(command.Note, nameof(command.Note), "what you did about it", 2000);
        return validation.HasFailed
            ? validation.Refused
            : Decision.Accept(new EscalationNoted(obligation.Kind, obligation.Number, obligation.Due?.At, command.Note));
    }

    private static Decision Done => Decision.Conflict("This is done, or was never passed on. Nothing was changed.");

    private static Obligation? Find(CaseModel model, CaseState state, ObligationKind? kind, int? number, CaseContext context) =>
        kind is null
            ? null
            : model.TimetableOf(state, context.Policy, context.Calendar).Obligations.FirstOrDefault(
                found => found.Kind == kind && found.Number == number && found.IsEscalated);
}
