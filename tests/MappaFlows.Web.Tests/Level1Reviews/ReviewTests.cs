using MappaFlows.Web.Tests.Cases;
using MappaFlows.Web.Tests.Meetings;

namespace MappaFlows.Web.Tests.Level1Reviews;

/// <summary>The lead agency’s review of a level 1 case.</summary>
[Collection(nameof(MeetingPages))]
public sealed class ReviewTests(ProductFactory product)
{
    [Fact]
    public async Task The_lead_agency_reviews_a_level_1_case_and_can_step_it_up()
    {
        var state = await ManagedCase.AcceptedAsync(product, ManagementLevel.Level1);
        using var morgan = await product.SignInAsync(DemoPeople.ProbationManager);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await morgan.ReadAsync($"{state.Path}/review");

        Assert.Equal(403, (await casey.OpenAsync($"{state.Path}/review")).Status);
        Assert.Equal(5, (await morgan.SubmitAsync(form)).Errors.Count);
        var done = await morgan.ConfirmAsync(
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
}
