using MappaFlows.Web.Tests.Cases;

namespace MappaFlows.Web.Tests.Operations;

public sealed class PurgePageTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    [Fact]
    public async Task Those_that_ended_before_the_day_are_removed_and_counted()
    {
        var refused = await product.ReferAsync();
        await product.GiveAsync(DemoPeople.Coordinator, refused, new DecideScreening { Outcome = ScreeningOutcome.Refuse, Reasons = "Not met" });
        var waiting = await product.QueuedAsync();
        await product.MoveAsync(TimeSpan.FromDays(3));
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var confirm = await ChooseAsync(alex, product.Today());
        Assert.Equal(303, confirm.Status);
        var after = await alex.FollowAsync(await alex.ConfirmAsync(confirm.Location!, "Housekeeping"));

        Assert.Contains("2 orchestrations were removed.", after.Text);
        Assert.Null(await product.StateAsync(new CaseInstanceIds(refused).Lifecycle));
        Assert.NotNull(await product.StateAsync(waiting));
        Assert.Equal(CaseStage.Refused, (await product.CaseAsync(refused)).Stage);
        Assert.Contains("Ended before", (await alex.ReadAsync("/operations/log")).Text);
    }

    [Fact]
    public async Task A_day_to_come_is_refused_beside_the_field_and_stays_as_it_was_typed()
    {
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);
        var day = product.Today().AddDays(1);

        var page = await ChooseAsync(alex, day);

        Assert.Equal(422, page.Status);
        Assert.Equal(["The day must be today or in the past"], page.Errors);
        Assert.Equal(day.Day.ToString(System.Globalization.CultureInfo.InvariantCulture), page.ValueOf("before.Day"));
    }

    [Fact]
    public async Task No_day_is_asked_for()
    {
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var page = await alex.OpenAsync("/operations/purge?before.Day=&before.Month=&before.Year=");

        Assert.Equal(422, page.Status);
        Assert.Equal(["Enter the day"], page.Errors);
    }

    private static Task<BrowserPage> ChooseAsync(Browser browser, DateOnly day) =>
        browser.OpenAsync($"/operations/purge?before.Day={day.Day}&before.Month={day.Month}&before.Year={day.Year}");
}
