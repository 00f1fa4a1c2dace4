namespace MappaFlows.Workflows.Orchestrations;

/// <summary>Acts for the clock in a case: carries out what is due, and reads when the next steps come. Harmless however often it is asked.</summary>
public sealed class CaseClock(CaseCommands commands, CaseQueries queries)
{
    /// <summary>Looks only.</summary>
    public async Task<CaseTimes> ReadAsync(string reference) =>
        new(await queries.TimetableAsync(CaseReference.Parse(reference)) ?? throw NoSuchCase());

    /// <summary>Carries out everything that is due of this obligation, and looks.</summary>
    public async Task<CaseTimes> CarryOutAsync(string reference, ObligationKind kind)
    {
        return await commands.ExecuteAsClockAsync(CaseReference.Parse(reference), new DoWhatIsDue(kind)) is CommandResult<Timetable>.Done done
            ? new(done.Now)
            : throw NoSuchCase();
    }

    private static InvalidOperationException NoSuchCase() => new("An orchestration runs for a case that does not exist.");
}
