namespace MappaFlows.Web.Tests.Meetings;

public sealed class MeetingPagesTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    [Fact]
    public async Task A_meeting_is_arranged_in_UK_time_inside_a_clock_that_explains_itself()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/meetings/new");
        var hold = (await state.TimetableAsync()).Find(ObligationKind.HoldMeeting)!.Due!;

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
        var hold = (await state.TimetableAsync()).Find(ObligationKind.HoldMeeting)!.Due!;
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
    public async Task Short_notice_is_warned_of()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        var sent = await casey.SubmitAsync(await casey.ReadAsync($"{state.Path}/meetings/new"), Slot(Today.AddDays(2), "10:00"));

        Assert.Contains("The agencies get less notice than 10 working days.", (await casey.FollowAsync(sent)).Text);
    }

    [Theory]
    [InlineData("", "Enter the time of the meeting")]
    [InlineData("half past", "Enter a time, for example 10:30am or 14:30")]
    [InlineData("25:00", "Enter a time, for example 10:30am or 14:30")]
    public async Task A_time_that_is_none_is_said_beside_its_field(string time, string error)
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        var answer = await casey.SubmitAsync(await casey.ReadAsync($"{state.Path}/meetings/new"), Slot(Today.AddDays(20), time));

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
            [.. ManagedCase.Fields("Input.StartsAt", Today.AddDays(20)), ("Input.Time", "half past"), ("Input.Minutes", ""), ("Input.Place", "")]);

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

        var answer = await casey.SubmitAsync(stale, Slot(Today.AddDays(15), "10:00"));

        Assert.Equal(409, answer.Status);
        Assert.Equal(["Meeting 1 is arranged already: move it, or record it first. Nothing was changed."], answer.Errors);
        Assert.Contains("Meeting 1 is arranged already", (await casey.ReadAsync($"{state.Path}/meetings/new")).Text);
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
        Assert.DoesNotContain("Madeup", text);
    }

    [Fact]
    public async Task A_day_that_cannot_be_read_hides_nothing_else_that_is_wrong_with_its_decision()
    {
        await using var own = await new ProductFactory().StartAsync();
        var state = await ArrangedAsync(own);
        await own.MoveAsync(TimeSpan.FromDays(15));
        using var casey = await own.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/meetings/1/record");
        (string, string?)[] day = [("Input.Decisions[0].By.Day", "31"), ("Input.Decisions[0].By.Month", "2"), ("Input.Decisions[0].By.Year", "2027")];

        var nobody = await casey.SubmitAsync(form, [("Input.Decisions[0].What", "Visit"), .. day]);
        var somebody = await casey.SubmitAsync(form, [("Input.Decisions[0].What", "Visit"), ("Input.Decisions[0].Owner", "Police"), .. day]);

        Assert.Equal(422, nobody.Status);
        Assert.Contains("The day by which it is done must be a real date", nobody.Errors);
        Assert.Single(nobody.Errors, "Enter who does it: an action with a day needs an owner");
        Assert.Single(nobody.Errors, error => error.StartsWith("Enter the rationale", StringComparison.Ordinal));
        Assert.DoesNotContain("Enter who does it: an action with a day needs an owner", somebody.Errors);
    }

    [Fact]
    public async Task Recording_adds_and_removes_rows_without_losing_anything_and_leads_to_the_next_meeting()
    {
        await using var own = await new ProductFactory().StartAsync();
        var state = await ArrangedAsync(own);
        await own.MoveAsync(TimeSpan.FromDays(15));
        using var chair = await own.SignInAsync(DemoPeople.Chair);
        var page = await chair.ReadAsync($"{state.Path}/meetings/1/record");

        page = await chair.SubmitAsync(
            page,
            ("Input.Attendance[0].Mark", "Present"),
            ("Input.Decisions[0].What", "First"),
            ("Input.Decisions[0].By.Day", "31"),
            ("Input.Level", "Level3"),
            ("Input.LevelReasons", "Acute."),
            ("Edit", "add"));
        Assert.Equal(200, page.Status);
        Assert.Empty(page.Errors);
        page = await chair.SubmitAsync(page, ("Input.Decisions[1].What", "Second"), ("Input.Decisions[1].Rationale", "Because."), ("Edit", "remove-0"));

        Assert.Equal(("Second", "Because."), (page.ValueOf("Input.Decisions[0].What"), page.ValueOf("Input.Decisions[0].Rationale")));
        Assert.Null(page.ValueOf("Input.Decisions[1].What"));
        Assert.Equal(("Present", "Level3", "Acute."), (page.ValueOf("Input.Attendance[0].Mark"), page.ValueOf("Input.Level"), page.ValueOf("Input.LevelReasons")));

        var incomplete = await chair.SubmitAsync(page);
        Assert.Equal(422, incomplete.Status);
        Assert.Equal(
            [
                "Select for each agency that was invited whether it came",
                "Select whether disclosure was considered",
                "Enter the reasons about disclosure, also when the answer is no",
            ],
            incomplete.Errors);
        Assert.Equal("#Input_Attendance_1__Mark", incomplete.Document.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href"));

        var done = await chair.SubmitAsync(
            incomplete,
            ("Input.Attendance[1].Mark", "Apologies"),
            ("Input.Attendance[2].Mark", "Absent"),
            ("Input.DisclosureConsidered", "false"),
            ("Input.DisclosureReasons", "Nobody is at particular risk."));

        Assert.Equal($"{state.Path}/meetings/new", done.Location);
        Assert.Equal(ManagementLevel.Level3, (await state.ReadAsync()).Level);
        var shown = await chair.ReadAsync($"{state.Path}/meetings/1");
        foreach (var said in new[] { "Second", "Because.", "Sent apologies", "Nobody is at particular risk.", "Acute." }) Assert.Contains(said, shown.Text);

        using var casey = await own.SignInAsync(DemoPeople.Coordinator);
        var minutes = await casey.ReadAsync($"{state.Path}/meetings/1/minutes");
        Assert.Contains("Due by", minutes.Text);
        await casey.FollowAsync(await casey.SubmitAsync(minutes));
        Assert.NotNull((await state.ReadAsync()).Meetings[0].MinutesSentAt);
        Assert.Contains("sent already", (await casey.ReadAsync($"{state.Path}/meetings/1/minutes")).Text);
    }

    [Fact]
    public async Task A_meeting_cannot_be_recorded_before_it_begins()
    {
        var state = await ArrangedAsync(product);
        using var chair = await product.SignInAsync(DemoPeople.Chair);

        Assert.Contains("The meeting has not begun", (await chair.ReadAsync($"{state.Path}/meetings/1/record")).Text);
    }

    [Fact]
    public async Task The_lead_agency_reviews_a_level_1_case_and_can_step_it_up()
    {
        var state = await ManagedCase.AcceptedAsync(product, ManagementLevel.Level1);
        using var morgan = await product.SignInAsync(DemoPeople.ProbationManager);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await morgan.ReadAsync($"{state.Path}/review");

        Assert.Equal(403, (await casey.OpenAsync($"{state.Path}/review")).Status);
        Assert.Equal(5, (await morgan.SubmitAsync(form)).Errors.Count);
        var done = await morgan.SubmitAsync(
            form,
            ("Input.Findings", "Worse."),
            ("Input.Contact", "Police visited."),
            ("Input.DisclosureConsidered", "true"),
            ("Input.DisclosureReasons", "None needed."),
            ("Input.Level", "Level2"),
            ("Input.LevelReasons", "Others are needed."));

        Assert.Equal((303, state.Path), (done.Status, done.Location));
        Assert.Equal(ManagementLevel.Level2, (await state.ReadAsync()).Level);
        Assert.Contains("for cases managed at level 1", (await morgan.ReadAsync($"{state.Path}/review")).Text);
    }

    private DateOnly Today => LondonTime.Today(product.Now);

    private static (string, string?)[] Slot(DateOnly day, string time) =>
        [.. ManagedCase.Fields("Input.StartsAt", day), ("Input.Time", time), ("Input.Minutes", "90"), ("Input.Place", "Room 1")];

    private static async Task<ManagedCase> ArrangedAsync(ProductFactory product)
    {
        var state = await ManagedCase.AcceptedAsync(product);
        await state.DoAsync(DemoPeople.Coordinator, new ScheduleMeeting { StartsAt = product.Now.AddDays(14), Minutes = 60, Place = "Room 1" });
        return state;
    }
}
