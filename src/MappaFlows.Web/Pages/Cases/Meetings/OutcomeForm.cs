using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace MappaFlows.Web.Pages.Cases.Meetings;

/// <summary>What a meeting decided, as it is typed; its fields are those of <see cref="MeetingOutcome"/>.</summary>
public sealed class OutcomeForm
{
    public List<AttendanceRow> Attendance { get; set; } = [];

    public List<DecisionRow> Decisions { get; set; } = [];

    public bool? DisclosureConsidered { get; set; }

    public string? DisclosureReasons { get; set; }

    public ManagementLevel? Level { get; set; }

    public string? LevelReasons { get; set; }

    public static OutcomeForm Of(Meeting meeting) => new()
    {
        Attendance = [.. meeting.Agencies.Select(agency => new AttendanceRow { AgencyId = agency })],
        Decisions = [new()],
    };

    public MeetingOutcome ToOutcome() => new()
    {
        Attendance =
        [
            .. Attendance.Where(row => row.Status is not null).Select(
                row => new Attendance(row.AgencyId ?? "", row.Status!.Value, row.Attendees)),
        ],
        Decisions = [.. Decisions.Select(row => new MeetingDecision(row.Decision ?? "", row.Rationale ?? "", row.Owner, row.DueOn?.Value))],
        DisclosureConsidered = DisclosureConsidered,
        DisclosureReasons = DisclosureReasons,
        Level = Level,
        LevelReasons = LevelReasons,
    };

    /// <summary>The answers, on the check page.</summary>
    public IEnumerable<CheckRow> Rows()
    {
        foreach (var row in Attendance)
        {
            yield return new(
                PeopleLabels.Agency(row.AgencyId),
                TextPolicy.IsBlank(row.Attendees) ? row.Status?.Label() : $"{row.Status?.Label()}: {row.Attendees}");
        }

        for (var i = 0; i < Decisions.Count; i++)
        {
            var row = Decisions[i];
            var who = TextPolicy.IsBlank(row.Owner) ? "" : $"\nWho does it: {row.Owner}";
            var by = row.DueOn?.Value is { } day ? $"\nBy {UkTime.Date(day)}" : "";
            yield return new($"Decision {i + 1}", $"{row.Decision}\nRationale: {row.Rationale}{who}{by}");
        }

        yield return new("Was disclosure considered?", PlainText.YesNo(DisclosureConsidered));
        yield return new("Outcome, and why", DisclosureReasons);
        foreach (var row in LevelQuestion.Rows(Level, LevelReasons)) yield return row;
    }

    /// <summary>
    /// Says what a day that cannot be read hides from the decision, which is given none: that a day needs a person who does it.
    /// The rest is the decision's to judge.
    /// </summary>
    public void Check(ModelStateDictionary state, string prefix)
    {
        for (var i = 0; i < Decisions.Count; i++)
        {
            if (Decisions[i] is { DueOn: { Value: null }, Owner: var owner } && string.IsNullOrWhiteSpace(owner))
                state.AddModelError($"{prefix}.{nameof(Decisions)}[{i}].{nameof(DecisionRow.Owner)}", MeetingDecisions.OwnerNeeded);
        }
    }

    /// <summary>One agency's attendance.</summary>
    public sealed class AttendanceRow
    {
        public string? AgencyId { get; set; }

        public AttendanceStatus? Status { get; set; }

        public string? Attendees { get; set; }
    }

    /// <summary>One decision.</summary>
    public sealed class DecisionRow
    {
        public string? Decision { get; set; }

        public string? Rationale { get; set; }

        public string? Owner { get; set; }

        [Display(Name = "The day by which it is done")]
        public DateInput? DueOn { get; set; }
    }
}
