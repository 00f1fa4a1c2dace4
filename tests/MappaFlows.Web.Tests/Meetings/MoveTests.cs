using static MappaFlows.Web.Tests.Meetings.MeetingForms;

namespace MappaFlows.Web.Tests.Meetings;

/// <summary>Moving a meeting, and its invitation.</summary>
[Collection(nameof(MeetingPages))]
public sealed class MoveTests(ProductFactory product)
{
    [Fact]
    public async Task A_meeting_that_is_moved_past_its_date_needs_a_reason_and_stays_owed_everywhere()
    {
        var state = await ArrangedAsync(product);
        var hold = (await state.TimetableAsync()).Find(MeetingObligations.HoldMeeting, 1)!.Due!;
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/meetings/1/move");
        (string, string?)[] typed = [.. Slot(hold.Day.AddDays(1), "11am"), ("Input.Reason", "Clash.")];

        var refused = await casey.SubmitAsync(form, typed);
        Assert.StartsWith($"This meeting must be held by {UkTime.Date(hold.Day)}", Assert.Single(refused.Errors));
        var moved = await casey.FollowAsync(await casey.SubmitAsync(refused, [.. typed, ("Input.LateReason", "The Chair is ill.")]));

        Assert.Contains("The Chair is ill.", moved.Text);
        Assert.Contains(UkTime.Date(hold.Day), moved.Text);
        var onCase = (await casey.ReadAsync(state.Path)).Text;
        Assert.Contains("Meeting 1 to be held", onCase);
        Assert.Contains(UkTime.Date(hold.Day), onCase);
        Assert.Equal(hold.Day, (await state.TimetableAsync()).Find(MeetingObligations.HoldMeeting, 1)!.Due!.Day);
        var start = await casey.ReadAsync("/");
        Assert.Contains("Hold meeting 1, which is arranged", start.Text);
    }

    [Fact]
    public async Task A_meeting_is_moved_and_its_invitation_can_be_downloaded()
    {
        var state = await ArrangedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/meetings/1/move");

        Assert.Equal("Room 1", form.ValueOf("Input.Place"));
        Assert.Equal(["Enter why the meeting is moved"], (await casey.SubmitAsync(form, ("Input.Time", "11am"))).Errors);
        var moved = await casey.SubmitAsync(form, ("Input.Time", "11am"), ("Input.Reason", "Clash."));
        Assert.Contains("11am", (await casey.FollowAsync(moved)).Text);

        using var file = await casey.Client.GetAsync($"{state.Path}/meetings/1/invitation.ics");
        var text = await file.Content.ReadAsStringAsync();
        Assert.Equal("text/calendar", file.Content.Headers.ContentType!.MediaType);
        Assert.Contains("SEQUENCE:1", text);
        Assert.DoesNotContain(SampleReferrals.FamilyName, text);
    }
}
