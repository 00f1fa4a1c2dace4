using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Pages.Cases.Meetings;

/// <summary>
/// Records what a meeting decided. Rows are added and removed by buttons that send the form, so that it works without scripts.
/// </summary>
public sealed class RecordModel(CaseCommands commands, TimeProvider time) : MeetingPage(commands)
{
    private const string Add = "add";
    private const string Remove = "remove-";

    [BindProperty]
    public OutcomeForm Input { get; set; } = new();

    /// <summary>The row button that was pressed; null where the whole form was sent to be recorded.</summary>
    [BindProperty]
    [NotKept]
    public string? Edit { get; set; }

    /// <summary>The row to which the focus moves: the one that was added; null for none.</summary>
    public int? Focus { get; private set; }

    /// <summary>Whether a row was removed, so that the focus moves to the heading of the rows.</summary>
    public bool WasRemoved { get; private set; }

    protected override CaseCommand Kind => new RecordMeeting(Number, new());

    public override string? BlockedReason => this switch
    {
        { Meeting.Outcome: not null } => $"Meeting {Number} was recorded already.",
        { Case.IsManaged: false } => "The case is no longer managed.",
        _ when Meeting.StartsAt > time.GetUtcNow() => $"The meeting has not begun: it is on {UkTime.DateAndTime(Meeting.StartsAt)}.",
        _ => null,
    };

    public void OnGet() => Input = OutcomeForm.Of(Meeting);

    public async Task<IActionResult> OnPostAsync()
    {
        if (Edit is not null) return EditRows();

        Input.Check(ModelState, InputPrefix);

        // At level 2 or 3 the next meeting is arranged straight away, so that its date is not lost.
        var next = Input.Level is ManagementLevel.Level2 or ManagementLevel.Level3 ? Routes.NewMeeting(Case.Reference) : MeetingPath;
        var answer = await ExecuteAsync(new RecordMeeting(Number, Input.ToOutcome()), next);
        PointAtUnmarked();
        return answer;
    }

    private PageResult EditRows()
    {
        if (Edit == Add)
        {
            Input.Decisions.Add(new());
            Focus = Input.Decisions.Count - 1;
        }
        else if (Edit!.StartsWith(Remove, StringComparison.Ordinal)
            && int.TryParse(Edit.AsSpan(Remove.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            && row < Input.Decisions.Count)
        {
            Input.Decisions.RemoveAt(row);
            WasRemoved = true;
        }

        // The rows have new numbers now: what is shown is the form as it was bound, not as it was posted.
        ModelState.Clear();
        return Page();
    }

    /// <summary>The error about attendance belongs to the first agency that was not marked.</summary>
    private void PointAtUnmarked()
    {
        const string attendance = $"{InputPrefix}.{nameof(OutcomeForm.Attendance)}";
        var unmarked = Input.Attendance.FindIndex(row => row.Status is null);
        if (unmarked < 0 || ModelState[attendance]?.Errors is not [var error, ..]) return;
        ModelState.AddModelError($"{attendance}[{unmarked}].{nameof(OutcomeForm.AttendanceRow.Status)}", error.ErrorMessage);
        ModelState.Remove(attendance);
    }
}
