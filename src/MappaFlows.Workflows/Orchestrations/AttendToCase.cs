using MappaFlows.Core.Cases;
using MappaFlows.Core.Disclosures;
using MappaFlows.Core.People;
using MappaFlows.Workflows.Cases;
using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>Which part of which case to attend to.</summary>
public sealed record AttendRequest(string Reference, ClockPart Part, int? Disclosure = null, int? Request = null);

/// <summary>What was found.</summary>
/// <param name="IsOver">Nothing more will happen in this part.</param>
/// <param name="LookAgainAt">When its clock has something to do next, in UTC; null when only a doorbell can bring something.</param>
/// <param name="IsManaged">Whether the person is managed now.</param>
public sealed record Attention(bool IsOver, DateTime? LookAgainAt, bool IsManaged);

/// <summary>
/// The one activity of every orchestration of a case: does what is due by now in one part of the case, and tells when to look again.
/// Coarse on purpose, since each activity costs a dozen storage requests on Durable Functions; harmless when it runs twice.
/// </summary>
public sealed class AttendToCase(CaseDesk desk, CaseLedger ledger) : TaskActivity<AttendRequest, Attention>
{
    public override async Task<Attention> RunAsync(TaskActivityContext context, AttendRequest input)
    {
        var reference = CaseReference.Parse(input.Reference);
        await desk.ExecuteAsync(Person.Clock, reference, new AttendToClocks(input.Part), key: null);
        var agenda = await ledger.AgendaAsync(reference)
            ?? throw new InvalidOperationException("An orchestration runs for a case that does not exist.");
        var over = IsOver(agenda.Case, input);
        return new(
            over,
            over ? null : agenda.LookAgainAt(input.Part, input.Disclosure)?.UtcDateTime,
            agenda.Case.IsManaged);
    }

    private static bool IsOver(Case @case, AttendRequest input) => input.Part switch
    {
        ClockPart.Screening => @case.Screening is not null,
        ClockPart.Disclosure => @case.Disclosures.FirstOrDefault(disclosure => disclosure.Number == input.Disclosure) is not { } disclosure
            || disclosure.Request != input.Request
            || disclosure.Stage != DisclosureStage.AwaitingApproval,
        _ => !@case.IsManaged,
    };
}
