using System.Text.Json;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>The parts of a draft and which of them are complete.</summary>
public sealed class TaskListModel(ReferralDrafts drafts, CaseCommands commands, TimeProvider time) : ReferralDraftModel(drafts, commands)
{
    public IReadOnlyList<PartTask> Tasks { get; private set; } = [];

    public bool IsComplete => Tasks.All(task => task.IsDone);

    public void OnGet()
    {
        var today = LondonTime.Today(time.GetUtcNow());
        var begun = Parts(NewModel.Begun(Me));
        var now = Parts(Referral);
        Tasks = [.. ReferralPart.All.Select(part => new PartTask(
            part,
            HasBegun: now[part.Name] != begun[part.Name],
            HasProblems: ReferralRules.CheckPart(Referral, part.Name, today).Count > 0))];
    }

    private static Dictionary<string, string> Parts(Referral referral) => JsonSerializer
        .SerializeToElement(referral, Plain)
        .EnumerateObject()
        .ToDictionary(property => property.Name, property => property.Value.GetRawText());

    /// <summary>As cases are written, but with the names of the parts as they stand in the code.</summary>
    private static JsonSerializerOptions Plain { get; } = new(StreamJson.Options) { PropertyNamingPolicy = null };
}

/// <summary>A part of a draft and how far it is.</summary>
public sealed record PartTask(ReferralPart Part, bool HasBegun, bool HasProblems)
{
    public bool IsDone => !HasProblems;

    public string Status => (HasBegun, HasProblems, Part.IsOptional) switch
    {
        (false, _, true) => "Optional",
        (false, _, _) => "Not started",
        (_, true, _) => "Not complete",
        _ => "Completed",
    };

    /// <summary>The colour of the status; null for plain text, which is what is done.</summary>
    public string? Colour => (HasBegun, HasProblems, Part.IsOptional) switch
    {
        (false, _, true) => "grey",
        (false, _, _) => "blue",
        (_, true, _) => "yellow",
        _ => null,
    };
}
