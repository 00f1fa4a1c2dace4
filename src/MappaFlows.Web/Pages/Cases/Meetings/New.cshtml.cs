using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace MappaFlows.Web.Pages.Cases.Meetings;

/// <summary>Arranges the next level 2 or 3 meeting inside its clock, or says why it has to be later.</summary>
public sealed class NewModel(
    CaseCommands commands,
    IPeopleDirectory people,
    PolicyBook policy,
    WorkingCalendar calendar,
    TimeProvider time) : CaseCommandPage(commands)
{
    [BindProperty]
    public NewMeetingForm Input { get; set; } = new();

    public Deadline HoldBy => Timetable.Find(MeetingObligations.HoldMeeting)!.Due!;

    public MeetingNotice Notice => MeetingNotice.Of(Case, time.GetUtcNow(), policy, calendar);

    public IReadOnlyList<string> AlwaysInvited => [.. Agencies.Core.Select(agency => agency.Id).Append(Case.LeadAgencyId).Distinct()];

    public IEnumerable<SelectListItem> OtherAgencies => Agencies.All
        .Where(agency => !AlwaysInvited.Contains(agency.Id))
        .Select(agency => new SelectListItem(
            WithoutMailbox.Contains(agency.Id) ? $"{agency.Name} (no mailbox in this area: contact them yourself)" : agency.Name, agency.Id));

    /// <summary>The agencies that an invitation does not reach.</summary>
    public IReadOnlyList<string> WithoutMailbox { get; private set; } = [];

    /// <inheritdoc cref="WithoutMailbox"/>
    public IReadOnlyList<string> AlwaysInvitedWithoutMailbox => [.. AlwaysInvited.Intersect(WithoutMailbox)];

    /// <summary>Asked only where the day is past the clock, which the decision says.</summary>
    public bool AsksWhyLate => !string.IsNullOrEmpty(Input.LateReason) || ModelState.ContainsKey($"{InputPrefix}.{nameof(Input.LateReason)}");

    protected override CaseCommand Kind => new ScheduleMeeting();

    public override string? BlockedReason => this switch
    {
        { Case.IsManaged: false } or { Case.Level: ManagementLevel.Level1 } => "Meetings are held for cases managed at level 2 or 3.",
        _ when Case.NextMeeting is { } waiting => $"Meeting {waiting.Number} is arranged already: move it, or record it first.",
        _ => null,
    };

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) =>
        await base.OnPageHandlerExecutionAsync(context, async () =>
        {
            WithoutMailbox = await people.WithoutMailboxAsync(
                Case.AreaCode, Agencies.All.Select(agency => agency.Id), HttpContext.RequestAborted);
            return await next();
        });

    /// <summary>Agencies that the last meeting or the referral wanted are ticked to begin with.</summary>
    public void OnGet() =>
        Input.Agencies = [.. (Case.LastMeeting?.Agencies ?? Case.Referral.Meeting.AgenciesToInvite).Except(AlwaysInvited)];

    public Task<IActionResult> OnPostAsync()
    {
        Input.Check(ModelState, InputPrefix);
        return ExecuteAsync(
            new ScheduleMeeting
            {
                StartsAt = Input.Start,
                Minutes = Input.Length,
                Place = Input.Place,
                Agencies = Input.Agencies,
                LateReason = Input.LateReason,
            },
            now => Routes.Meeting(now.Reference, now.Meetings[^1].Number),
            Input.Read);
    }
}

/// <summary>What the form asks.</summary>
public sealed class NewMeetingForm : SlotForm
{
    public List<string> Agencies { get; set; } = [];

    public string? LateReason { get; set; }
}
