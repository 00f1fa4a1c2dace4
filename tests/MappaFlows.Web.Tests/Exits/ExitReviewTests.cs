using MappaFlows.Web.Tests.Cases;
using MappaFlows.Web.Tests.Meetings;
using static MappaFlows.Web.Tests.Exits.ExitForms;

namespace MappaFlows.Web.Tests.Exits;

/// <summary>The review before the exit.</summary>
public sealed class ExitReviewTests
{
    [Fact]
    public async Task The_review_before_the_exit_opens_on_its_day_and_is_recorded()
    {
        await using var own = await new ProductFactory().StartAsync();
        var state = await ManagedCase.AcceptedAsync(own, ManagementLevel.Level1);
        using var morgan = await own.SignInAsync(DemoPeople.ProbationManager);
        Assert.Contains("The review before exit opens on", (await morgan.ReadAsync($"{state.Path}/exit-review")).Text);
        await state.DoAsync(DemoPeople.ProbationManager, await ExpiryAsync(state, LondonTime.Today(own.Now).AddMonths(6).AddDays(10)));
        var form = await morgan.ReadAsync($"{state.Path}/exit-review");

        Assert.Equal(["Enter what the review concluded", "Select whether Category 3 should be considered when this basis ends"], (await morgan.SubmitAsync(form)).Errors);
        var done = await morgan.ConfirmAsync(form, ("Input.Conclusion", "May end."), ("Input.ConsiderCategory3", "false"));

        Assert.Equal(303, done.Status);
        Assert.Single((await state.ReadAsync()).PreExitReviews);
    }
}
