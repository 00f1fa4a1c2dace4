using MappaFlows.Web.Tests.Cases;
using static MappaFlows.Web.Tests.Meetings.MeetingForms;

namespace MappaFlows.Web.Tests.Meetings;

/// <summary>Recording the outcome of a meeting.</summary>
[Collection(nameof(MeetingPages))]
public sealed class RecordTests(ProductFactory product)
{
    [Fact]
    public async Task A_day_that_cannot_be_read_hides_nothing_else_that_is_wrong_with_its_decision()
    {
        await using var own = await new ProductFactory().StartAsync();
        var state = await ArrangedAsync(own);
        await own.MoveAsync(TimeSpan.FromDays(15));
        using var casey = await own.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/meetings/1/record");
        (string, string?)[] day = [("Input.Decisions[0].DueOn.Day", "31"), ("Input.Decisions[0].DueOn.Month", "2"), ("Input.Decisions[0].DueOn.Year", "2027")];

        var nobody = await casey.SubmitAsync(form, [("Input.Decisions[0].Decision", "Visit"), .. day]);
        var somebody = await casey.SubmitAsync(form, [("Input.Decisions[0].Decision", "Visit"), ("Input.Decisions[0].Owner", "Police"), .. day]);

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
        using var chair = await own.SignInAsync(DemoPeople.Coordinator);
        var page = await chair.ReadAsync($"{state.Path}/meetings/1/record");

        page = await chair.SubmitAsync(
            page,
            ("Input.Attendance[0].Status", "Present"),
            ("Input.Decisions[0].Decision", "First"),
            ("Input.Decisions[0].DueOn.Day", "31"),
            ("Input.Level", "Level3"),
            ("Input.LevelReasons", "Acute."),
            ("Edit", "add"));
        Assert.Equal(200, page.Status);
        Assert.Empty(page.Errors);
        page = await chair.SubmitAsync(page, ("Input.Decisions[1].Decision", "Second"), ("Input.Decisions[1].Rationale", "Because."), ("Edit", "remove-0"));

        Assert.Equal(("Second", "Because."), (page.ValueOf("Input.Decisions[0].Decision"), page.ValueOf("Input.Decisions[0].Rationale")));
        Assert.Null(page.ValueOf("Input.Decisions[1].Decision"));
        Assert.Equal(("Present", "Level3", "Acute."), (page.ValueOf("Input.Attendance[0].Status"), page.ValueOf("Input.Level"), page.ValueOf("Input.LevelReasons")));

        var incomplete = await chair.SubmitAsync(page);
        Assert.Equal(422, incomplete.Status);
        Assert.Equal(
            [
                "Select for each agency that was invited whether it came",
                "Select whether disclosure was considered",
                "Enter the reasons about disclosure, also when the answer is no",
            ],
            incomplete.Errors);
        Assert.Equal("#Input_Attendance_1__Status", incomplete.Document.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href"));

        var done = await chair.ConfirmAsync(
            incomplete,
            ("Input.Attendance[1].Status", "Apologies"),
            ("Input.Attendance[2].Status", "Absent"),
            ("Input.DisclosureConsidered", "false"),
            ("Input.DisclosureReasons", "Nobody is at particular risk."));

        Assert.Equal($"{state.Path}/meetings/new", done.Location);
        Assert.Equal(ManagementLevel.Level3, (await state.ReadAsync()).Level);
        var shown = await chair.ReadAsync($"{state.Path}/meetings/1");
        foreach (var said in new[] { "Second", "Because.", "Sent apologies", "Nobody is at particular risk.", "Acute." }) Assert.Contains(said, shown.Text);

        using var casey = await own.SignInAsync(DemoPeople.Coordinator);
        var minutes = await casey.ReadAsync($"{state.Path}/meetings/1/minutes");
        Assert.Contains("Due by", minutes.Text);
        await casey.FollowAsync(await casey.ConfirmAsync(minutes));
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
}
