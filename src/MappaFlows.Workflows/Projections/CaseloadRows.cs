using System.Globalization;
using System.Text.Json;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Projections;

/// <summary>How a case stands in the caseload: the names of its rows, which sort it, and what they hold.</summary>
internal static class CaseloadRows
{
    public const string LivePrefix = "live-";

    public const string EndedPrefix = "ended-";

    /// <summary>Sorts before every date: an emergency stands first in the list.</summary>
    public const string BeforeAll = "!";

    /// <summary>A second row of an ended case in which something is still owed.</summary>
    public const string OpenPrefix = "open-";

    public const string DuePrefix = "due-";

    public const string PointerPrefix = "case-";

    /// <summary>The most obligations of one case that a list knows of; the earliest due come first.</summary>
    public const int MaxOwed = 1_000;

    /// <summary>A property holds 32,768 characters.</summary>
    private const int MaxPlainSummary = 16_000;

    public static CaseSummary SummaryOf(Timetable timetable) => new()
    {
        Reference = timetable.Case.Reference,
        AreaCode = timetable.Case.AreaCode,
        SubjectName = timetable.Case.Referral.Subject.FullName(),
        Stage = timetable.Case.Stage,
        Category = timetable.Case.Category,
        Level = timetable.Case.Level,
        LeadAgencyId = timetable.Case.LeadAgencyId,
        ReferrerId = timetable.Case.ReferrerId,
        ReferredAt = timetable.Case.ReferredAt,
        IsEmergency = timetable.Case.IsEmergency,
        Past = PastOutcome.Of(timetable.Case),
        Undone = timetable.Case.Exit?.Undone?.Count ?? 0,
        Owed =
        [
            .. timetable.Obligations
                .Where(obligation => obligation.Owner != ObligationOwner.Clock)
                .Select(
                    obligation => new OwedObligation(obligation.Kind, obligation.Number, obligation.Due?.At, obligation.Due?.Day,
                        obligation.Owner.Role, obligation.Owner.PersonId, obligation.Owner.DeputyId, obligation.IsArranged,
                        obligation.IsEscalated ? obligation.Kind.PassedOnTo : null))
                .Take(MaxOwed),
        ],
    };

    /// <summary>Plain where it is short, as it nearly always is; else packed. Either way it fits, whatever the case holds.</summary>
    public static Dictionary<string, object> RowOf(CaseSummary summary)
    {
        var json = JsonSerializer.Serialize(summary, StreamJson.Options);
        var row = new Dictionary<string, object>();
        if (json.Length <= MaxPlainSummary) row["Summary"] = json;
        else PackedJson.Add(row, "Summary", json);
        return row;
    }

    public static CaseSummary SummaryOf(Entity entity) => entity.Properties.TryGetValue("Summary", out var plain)
        ? JsonSerializer.Deserialize<CaseSummary>((string)plain, StreamJson.Options)!
        : PackedJson.Read<CaseSummary>(entity.Properties, "Summary");

    public static Pointer PointerOf(Entity entity) => new(
        CaseReference.Parse(entity.Row[PointerPrefix.Length..]),
        (long)entity.Properties["Version"],
        (string)entity.Properties["List"],
        (string)entity.Properties["Clock"],
        entity.Properties.TryGetValue("Open", out var open) ? (string)open : "");

    public static CaseReference DueReferenceOf(Entity entity) => CaseReference.Parse((string)entity.Properties["Reference"]);

    public static DateTimeOffset EndedAt(CaseState state) => state.Exit?.At ?? state.Screening!.DecidedAt;

    /// <summary>Sorts as the moments do; what has no moment comes last.</summary>
    public static string Stamp(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyyMMddHHmmss'-'", CultureInfo.InvariantCulture) ?? "99999999999999-";

    public sealed record Pointer(CaseReference Reference, long Version, string List, string Clock, string Open);
}
