using static MappaFlows.Web.Tests.Meetings.MeetingForms;

namespace MappaFlows.Web.Tests.Meetings;

/// <summary>Moving a meeting, and its invitation.</summary>
[Collection(nameof(MeetingPages))]
public sealed class MoveTests(ProductFactory product)
{
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
