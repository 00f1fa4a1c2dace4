using MappaFlows.Web.Pages.Cases;
using MappaFlows.Web.Tests.Meetings;
using Microsoft.Extensions.DependencyInjection;
using static MappaFlows.Web.Tests.Meetings.MeetingForms;

namespace MappaFlows.Web.Tests.Cases;

/// <summary>After an act the next page says that it was done, and what is due now: once.</summary>
public sealed class SuccessTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    /// <summary>Commands without words of success, and why.</summary>
    private static readonly Type[] Elsewhere =
    [
        typeof(SubmitReferral), // leads to a page that says nothing else
        typeof(DecideDisclosure), // likewise
        typeof(IssueApprovalLink), // given by the clock
        typeof(DoWhatIsDue), // likewise
    ];

    [Fact]
    public void Every_command_that_people_give_has_words_of_success()
    {
        var web = product.Services.GetRequiredService<CaseWeb>();
        var commands = typeof(CaseCommand).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CaseCommand)) && !type.IsAbstract);

        Assert.Equal(Elsewhere.Select(type => type.Name).Order(),
            commands.Where(type => !web.HasSuccess(type)).Select(type => type.Name).Order());
    }

    [Fact]
    public async Task What_was_done_is_said_once_with_what_is_due_next_and_without_anything_about_the_person()
    {
        var reference = await product.ReferAsync();
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var done = await casey.ConfirmAsync(
            await casey.ReadAsync($"/cases/{reference}/screening"),
            ("Input.Outcome", "Accept"), ("Input.Level", "Level2"), ("Input.Reasons", "Several agencies."));

        var landed = await casey.FollowAsync(done);

        Assert.Matches(@"^The referral is accepted at level 2\. The first meeting must be held by \d+ \w+ \d{4}\.$", landed.Success);
        Assert.Equal("alert", landed.Document.QuerySelector(".govuk-notification-banner--success")!.GetAttribute("role"));
        Assert.Null((await casey.ReadAsync($"/cases/{reference}")).Success);
        Assert.DoesNotContain("?", done.Location);
    }

    [Fact]
    public async Task The_message_travels_in_a_cookie_that_no_one_can_read_and_scripts_cannot_reach()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/meetings/new");
        var fields = form.Document.QuerySelectorAll("main form[method=post] input[type=hidden]")
            .Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value")!))
            .Concat(Slot(LondonTime.Today(product.Now).AddDays(10), "10:30am").Select(field => KeyValuePair.Create(field.Item1, field.Item2!)));

        using var answer = await casey.Client.PostAsync($"{state.Path}/meetings/new", new FormUrlEncodedContent(fields));

        Assert.Equal(303, (int)answer.StatusCode);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("mappaflows-done=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Meeting", cookie);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Acts_without_a_check_page_say_what_was_done_too()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var day = LondonTime.Today(product.Now).AddDays(10);

        var arranged = await casey.FollowAsync(await casey.SubmitAsync(await casey.ReadAsync($"{state.Path}/meetings/new"), Slot(day, "10:30am")));
        var moved = await casey.FollowAsync(await casey.SubmitAsync(
            await casey.ReadAsync($"{state.Path}/meetings/1/move"), [.. Slot(day.AddDays(1), "2pm"), ("Input.Reason", "A clash.")]));

        Assert.Equal($"Meeting 1 is arranged for {UkTime.Date(day)} at 10:30am.", arranged.Success);
        Assert.Equal($"Meeting 1 is moved to {UkTime.Date(day.AddDays(1))} at 2pm. The agencies get the new time.", moved.Success);
    }
}
