using MappaFlows.Web.Tests.Cases;
using Microsoft.Extensions.DependencyInjection;
using static MappaFlows.Web.Tests.Meetings.MeetingForms;

namespace MappaFlows.Web.Tests.Meetings;

/// <summary>Arranging a meeting.</summary>
[Collection(nameof(MeetingPages))]
public sealed class NewTests(ProductFactory product)
{
    [Fact]
    public async Task A_meeting_is_arranged_in_UK_time_inside_a_clock_that_explains_itself()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/meetings/new");
        var hold = (await state.TimetableAsync()).Find(MeetingObligations.HoldMeeting)!.Due!;

        Assert.Contains(hold.Explanation, form.Text);
        Assert.Equal("health", form.ValueOf("Input.Agencies"));
        Assert.Null(form.ValueOf("Input.LateReason"));
        var sent = await casey.SubmitAsync(form, Slot(hold.Day, "2.30pm"));
        var page = await casey.FollowAsync(sent);

        var meeting = (await state.ReadAsync()).NextMeeting!;
        Assert.Equal(LondonTime.At(hold.Day, new(14, 30)), meeting.StartsAt);
        Assert.Equal(["police", "probation", "prisons", "health"], meeting.Agencies);
        Assert.Contains("at 2:30pm, for 1 hour 30 minutes", page.Text);
        Assert.DoesNotContain("less notice", page.Text);
    }

    [Fact]
    public async Task The_reason_for_a_late_meeting_is_asked_only_when_it_is_late()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var hold = (await state.TimetableAsync()).Find(MeetingObligations.HoldMeeting)!.Due!;
        var form = await casey.ReadAsync($"{state.Path}/meetings/new");

        var late = await casey.SubmitAsync(form, Slot(hold.Day.AddDays(3), "10:00"));
        var done = await casey.SubmitAsync(late, ("Input.LateReason", "The Chair is ill."));

        Assert.Equal(422, late.Status);
        Assert.Single(late.Errors, error => error.StartsWith("This meeting must be held by", StringComparison.Ordinal));
        Assert.NotNull(late.Document.QuerySelector("textarea[name='Input.LateReason']"));
        Assert.Equal("10:00", late.ValueOf("Input.Time"));
        Assert.Equal(303, done.Status);
    }

    [Fact]
    public async Task An_agency_without_a_mailbox_is_named_before_and_after_the_invitations()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        var boxes = product.Services.GetRequiredService<Workflows.People.TablePeopleDirectory>();
        var known = DemoPeople.Mailboxes.Single(box => box.AreaCode == DemoPeople.Coordinator.AreaCode && box.AgencyId == "prisons");
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        try
        {
            await boxes.SaveAsync([], [known with { Address = "" }]);

            var form = await casey.ReadAsync($"{state.Path}/meetings/new");
            var page = await casey.FollowAsync(await casey.SubmitAsync(form, Slot(product.Today().AddDays(9), "10:00")));

            Assert.Contains("No mailbox is set in this area for: Prison Service.", form.Text);
            Assert.Contains("No mailbox is set in this area for: Prison Service.", page.Text);
        }
        finally
        {
            await boxes.SaveAsync([], [known]);
        }

        Assert.DoesNotContain("No mailbox", (await casey.ReadAsync($"{state.Path}/meetings/1")).Text);
    }

    [Fact]
    public async Task Short_notice_is_warned_of()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        var sent = await casey.SubmitAsync(await casey.ReadAsync($"{state.Path}/meetings/new"), Slot(product.Today().AddDays(2), "10:00"));

        Assert.Contains("The agencies get less notice than 10 working days.", (await casey.FollowAsync(sent)).Text);
    }

    [Fact]
    public async Task A_meeting_at_night_on_a_day_off_is_warned_of_and_white_space_is_nothing()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var hold = (await state.TimetableAsync()).Find(MeetingObligations.HoldMeeting)!.Due!.Day;
        var sunday = hold.AddDays(-(int)hold.DayOfWeek);

        var sent = await casey.SubmitAsync(
            await casey.ReadAsync($"{state.Path}/meetings/new"),
            [
                .. ManagedCase.Fields("Input.StartsAt", sunday),
                ("Input.Time", " 3am "),
                ("Input.Minutes", " 60 "),
                ("Input.Place", " Room \u00E9 "),
            ]);
        var page = await casey.FollowAsync(sent);

        Assert.Contains("This meeting is at 3am on a Sunday", page.Text);
        var meeting = (await state.ReadAsync()).NextMeeting!;
        Assert.Equal((60, "Room \u00E9"), (meeting.Minutes, meeting.Place));
        Assert.Equal(meeting.Place, page.Document.QuerySelector("dd bdi")!.TextContent);
    }

    [Theory]
    [InlineData("", "Enter the time of the meeting")]
    [InlineData("half past", "Enter a time, for example 10:30am or 14:30")]
    [InlineData("25:00", "Enter a time, for example 10:30am or 14:30")]
    public async Task A_time_that_is_none_is_said_beside_its_field(string time, string error)
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        var answer = await casey.SubmitAsync(await casey.ReadAsync($"{state.Path}/meetings/new"), Slot(product.Today().AddDays(20), time));

        Assert.Equal((422, time), (answer.Status, answer.ValueOf("Input.Time") ?? ""));
        Assert.Equal([error], answer.Errors);
    }

    [Fact]
    public async Task A_time_that_is_none_is_said_together_with_all_else_that_is_wrong()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        var answer = await casey.SubmitAsync(
            await casey.ReadAsync($"{state.Path}/meetings/new"),
            [.. ManagedCase.Fields("Input.StartsAt", product.Today().AddDays(20)), ("Input.Time", "half past"), ("Input.Minutes", ""), ("Input.Place", "")]);

        Assert.Equal(
            [
                "Enter a time, for example 10:30am or 14:30",
                "Enter how long the meeting takes, from 15 to 480 minutes",
                "Enter where the meeting is, or how to join it",
            ],
            answer.Errors);
    }

    [Fact]
    public async Task A_second_meeting_cannot_be_arranged_while_one_waits()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var stale = await casey.ReadAsync($"{state.Path}/meetings/new");
        await state.DoAsync(DemoPeople.Coordinator, new ScheduleMeeting { StartsAt = product.Now.AddDays(14), Minutes = 60, Place = "A" });

        var answer = await casey.SubmitAsync(stale, Slot(product.Today().AddDays(15), "10:00"));

        Assert.Equal(409, answer.Status);
        Assert.Equal(["Meeting 1 is arranged already: move it, or record it first. Nothing was changed."], answer.Errors);
        Assert.Contains("Meeting 1 is arranged already", (await casey.ReadAsync($"{state.Path}/meetings/new")).Text);
    }
}
