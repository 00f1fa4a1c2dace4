namespace MappaFlows.Workflows.Orchestrations;

/// <summary>
/// Acts for the clock in a case: carries out what is due, and reads when the next steps come. Harmless however often it is asked.
/// </summary>
public sealed class CaseClock(CaseCommands commands, CaseQueries queries)
{
    /// <summary>Looks only.</summary>
    public async Task<Timetable> ReadAsync(string reference) =>
        await queries.TimetableAsync(CaseReference.Parse(reference)) ?? throw NoSuchCase();

    /// <summary>Carries out everything that is due of this obligation, and looks.</summary>
    /// <param name="number">Which of its kind; null for all.</param>
    public async Task<Timetable> CarryOutAsync(string reference, ObligationKind kind, int? number = null) =>
        await commands.ExecuteAsClockAsync(
            CaseReference.Parse(reference),
            new DoWhatIsDue(kind, number)) is CommandResult<Timetable>.Done done
            ? done.Now
            : throw NoSuchCase();

    private static InvalidOperationException NoSuchCase() => new("An orchestration runs for a case that does not exist.");
}
