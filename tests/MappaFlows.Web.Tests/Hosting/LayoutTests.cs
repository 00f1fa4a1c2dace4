using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using static MappaFlows.Web.Tests.Hosting.PagesHost;

namespace MappaFlows.Web.Tests.Hosting;

public sealed class LayoutTests
{
    [Fact]
    public async Task Every_page_has_a_skip_link_to_its_content_a_title_and_the_emergency_numbers()
    {
        await using var host = await StartAsync();

        var page = await host.PageAsync("/dev/styles");

        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Styles – MappaFlows", page.Title);
        var skip = page.QuerySelector<IHtmlAnchorElement>(".govuk-skip-link")!;
        Assert.NotNull(page.QuerySelector("main" + skip.Hash));
        Assert.Contains("Urgent: 101. Emergency: 999.", page.QuerySelector("footer")!.TextContent);
        Assert.Single(page.QuerySelectorAll("h1"));
    }

    [Fact]
    public async Task The_header_says_who_is_signed_in_and_offers_to_sign_out_by_a_form()
    {
        await using var host = await StartAsync(user: Person("Sam Sample", "Coordinator", "Northmoor"));

        var header = (await host.PageAsync("/dev/styles")).QuerySelector("header")!;

        Assert.Contains("Sam Sample, Coordinator, Northmoor", header.TextContent);
        var form = header.QuerySelector<IHtmlFormElement>("form")!;
        Assert.Equal("post", form.Method);
        Assert.Equal("/sign-out", form.GetAttribute("action"));
        Assert.NotNull(form.QuerySelector("input[name=__RequestVerificationToken]"));
    }

    [Fact]
    public async Task Anonymous_layout_offers_sign_in_and_no_navigation()
    {
        await using var host = await StartAsync();

        var page = await host.PageAsync("/dev/styles");

        Assert.Equal("/sign-in", page.QuerySelector("header nav a")!.GetAttribute("href"));
        Assert.Null(page.QuerySelector(".govuk-service-navigation"));
    }

    [Fact]
    public async Task The_navigation_marks_the_section_of_the_page_and_hides_what_is_for_others()
    {
        await using var host = await StartAsync(user: Person("Sam Sample", "Coordinator", "Northmoor"));

        var links = (await host.PageAsync("/dev/styles")).QuerySelectorAll(".govuk-service-navigation a");

        Assert.Equal(["Cases", "Styles"], links.Select(link => link.TextContent.Trim()));
        Assert.Equal([null, "page"], links.Select(link => link.GetAttribute("aria-current")));
    }

    [Fact]
    public async Task Demo_data_and_a_moved_clock_are_announced()
    {
        await using var host = await StartAsync(services: services => services
            .AddSingleton<IDemoNotice>(new Notice())
            .AddSingleton<IClockNotice>(new Notice()));

        var page = await host.PageAsync("/dev/styles");

        Assert.Equal("Demo data: every person here is made up", page.QuerySelector(".app-notice--demo")!.TextContent.Trim());
        var clock = page.QuerySelector(".app-notice--clock")!;
        Assert.Contains("1 July 2036 at 9am", clock.TextContent);
        Assert.Equal("/dev/clock", clock.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Without_demo_data_and_with_the_real_time_nothing_is_announced()
    {
        await using var host = await StartAsync();

        Assert.Empty((await host.PageAsync("/dev/styles")).QuerySelectorAll(".app-notice"));
    }

    [Fact]
    public async Task A_moved_clock_is_never_announced_outside_Development()
    {
        await using var host = await StartAsync("Production", services: services => services.AddSingleton<IClockNotice>(new Notice()));

        Assert.Empty((await host.PageAsync("/nowhere")).QuerySelectorAll(".app-notice"));
    }

    [Fact]
    public async Task The_styles_page_exists_in_Development_only()
    {
        await using var host = await StartAsync("Production");

        var answer = await host.Client.GetAsync("/dev/styles");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("Page not found – MappaFlows", (await ParseAsync(answer)).Title);
    }

    private sealed class Notice : IDemoNotice, IClockNotice
    {
        public bool IsDemo => true;

        public DateTimeOffset? MovedTo => new DateTimeOffset(2036, 7, 1, 8, 0, 0, TimeSpan.Zero);
    }
}
