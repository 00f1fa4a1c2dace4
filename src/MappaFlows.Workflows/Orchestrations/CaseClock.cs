namespace MappaFlows.Workflows.Orchestrations;

/// <summary>
/// Acts for the clock in a case: carries out what is due, and reads when the next steps come. Harmless however often it is asked.
/// </summary>
public sealed class CaseClock(CaseCommands commands, CaseQueries queries)
{
    /// <summary>Looks only.</summary>
    public async Task<Timetable> ReadAsync(string reference) =>
        await queries.TimetableAsync(CaseReference.Parse(reference)) ?? throw NoSuchCase();

    /// <summary>
    /// Carries out everything that is due in the case, in the order of its times, and looks. After a pause it does not matter which
    /// orchestration wakes first.
    /// </summary>
    public async Task<Timetable> CarryOutAsync(string reference) =>
        await commands.ExecuteAsClockAsync(
            CaseReference.Parse(reference),
            new DoWhatIsDue()) is CommandResult<Timetable>.Done done
            ? done.Now
            : throw NoSuchCase();

    private static InvalidOperationException NoSuchCase() => new("An orchestration runs for a case that does not exist.");
}
