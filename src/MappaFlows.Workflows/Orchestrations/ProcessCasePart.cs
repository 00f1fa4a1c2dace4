using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>Which part of which case to attend to.</summary>
public sealed record PartInput(string Reference, CasePart Part, int? Disclosure = null, int? Request = null);

/// <summary>What was found.</summary>
/// <param name="IsOver">Nothing more will happen in this part.</param>
/// <param name="NextStepAt">When its clock has something to do next, in UTC; null when only a doorbell can bring something.</param>
/// <param name="IsManaged">Whether the person is managed now.</param>
public sealed record PartStatus(bool IsOver, DateTime? NextStepAt, bool IsManaged);

/// <summary>
/// The one activity of every orchestration of a case: does what is due by now in one part of the case, and tells when to look again.
/// Coarse on purpose, since each activity costs a dozen storage requests on Durable Functions; harmless when it runs twice.
/// </summary>
public sealed class ProcessCasePart(CaseCommands commands) : TaskActivity<PartInput, PartStatus>
{
    public override async Task<PartStatus> RunAsync(TaskActivityContext context, PartInput input)
    {
        var reference = CaseReference.Parse(input.Reference);
        var timetable = await commands.ExecuteAsClockAsync(reference, new DoWhatIsDue(input.Part)) is CommandResult<Timetable>.Done done
            ? done.Now
            : throw new InvalidOperationException("An orchestration runs for a case that does not exist.");
        var over = IsOver(timetable.Case, input);
        return new(
            over,
            over ? null : timetable.NextStepAt(input.Part, input.Disclosure)?.UtcDateTime,
            timetable.Case.IsManaged);
    }

    private static bool IsOver(CaseState state, PartInput input) => input.Part switch
    {
        CasePart.Screening => state.Screening is not null,
        CasePart.Disclosure => state.Disclosures.FirstOrDefault(disclosure => disclosure.Number == input.Disclosure) is not { } disclosure
            || disclosure.Request != input.Request
            || disclosure.Stage != DisclosureStage.AwaitingApproval,
        _ => !state.IsManaged,
    };
}
