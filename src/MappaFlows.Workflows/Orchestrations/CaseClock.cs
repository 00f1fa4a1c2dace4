namespace MappaFlows.Workflows.Orchestrations;

/// <summary>Acts for the clock in a case: carries out what is due, and reads when the next steps come. Harmless however often it is asked.</summary>
public sealed class CaseClock(CaseCommands commands, CaseCommandHandler handler, PolicyBook policy, WorkingCalendar calendar)
{
    /// <summary>Looks only.</summary>
    public async Task<CaseTimes> ReadAsync(string reference)
    {
        var timetable = await handler.TimetableAsync(CaseReference.Parse(reference))
            ?? throw new InvalidOperationException("An orchestration runs for a case that does not exist.");
        return new(timetable, policy, calendar);
    }

    /// <summary>Carries out everything that is due of this obligation, and looks.</summary>
    public async Task<CaseTimes> CarryOutAsync(string reference, ObligationKind kind)
    {
        var part = new Obligation(kind, "", Due: null, RemindAt: null, ObligationOwner.Clock).Part;
        await commands.ExecuteAsync(Person.Clock, CaseReference.Parse(reference), new DoWhatIsDue(part), key: null);
        return await ReadAsync(reference);
    }
}
