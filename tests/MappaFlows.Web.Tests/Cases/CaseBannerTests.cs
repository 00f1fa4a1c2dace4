using System.Text.RegularExpressions;
using MappaFlows.Web.Tests.Meetings;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Cases;

/// <summary>Whose case it is stands above every page of a case, and shows each reader what they may see.</summary>
public sealed partial class CaseBannerTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    [Fact]
    public async Task Every_page_of_a_case_says_whose_it_is_and_none_says_so_in_its_title()
    {
        var (state, _) = await ManagedCase.ProposedAsync(product);
        await state.DoAsync(DemoPeople.Coordinator, new ScheduleMeeting { StartsAt = product.Now.AddDays(9), Minutes = 60, Place = "Room 1" });
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var paths = Templates().Select(template =>
            Parameter().Replace(template, found => found.Value.StartsWith("{reference", StringComparison.Ordinal) ? $"{state.Reference}" : "1")).ToList();
        Assert.Contains($"{state.Path}/meetings/1/record", paths);

        foreach (var path in paths)
        {
            var reader = path.StartsWith(Routes.Referrals, StringComparison.Ordinal) ? riley : casey;
            var page = await reader.OpenAsync(path);

            Assert.True(Banner(page)?.Contains(SampleReferrals.FamilyName, StringComparison.Ordinal) == true, $"{path} ({page.Status}) does not say whose case it is.");
            Assert.Contains($"{state.Reference}", Banner(page));
            Assert.DoesNotContain(SampleReferrals.FamilyName, page.Title);
        }
    }

    [Fact]
    public async Task Each_reader_sees_in_the_banner_what_they_may_see()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        await state.DoAsync(DemoPeople.Coordinator, new ProposeDisclosure
        {
            Content = SampleDisclosures.Content() with { DiscloserId = DemoPeople.PoliceManager.Id },
            ApproverId = DemoPeople.Chair.Id,
        });
        await state.DoAsync(DemoPeople.Chair, new DecideDisclosure
        {
            Number = 1,
            Outcome = ApprovalOutcome.Approved,
            Reasons = "Needed.",
            ContentHash = (await state.ReadAsync()).Disclosures[0].ContentHash,
        });

        var whole = await BannerAsync(DemoPeople.Coordinator, state.Path);
        var referral = await BannerAsync(DemoPeople.Referrer, state.Path);
        var disclosure = await BannerAsync(DemoPeople.PoliceManager, $"{state.Path}/disclosures/1");

        Assert.Matches(@"Born \d+ \w+ \d{4} \(age \d+\)", whole);
        Assert.Contains("Level 2 Category 2 Risk of serious harm: ", whole);
        Assert.Contains("Level 2 (at screening) Category 2 (at screening) Risk of serious harm: ", referral);
        Assert.Contains(SampleReferrals.FamilyName, disclosure);
        Assert.Contains("Born ", disclosure);
        foreach (var hidden in (string[])["Level", "Category", "Risk"]) Assert.DoesNotContain(hidden, disclosure);
    }

    [Theory]
    [InlineData("dana-dorset")]
    [InlineData("lee-lay")]
    [InlineData("alex-admin")]
    public async Task Who_has_no_part_in_a_case_gets_no_banner_on_any_of_its_pages(string personId)
    {
        var (state, link) = await ManagedCase.ProposedAsync(product);
        using var person = await product.SignInAsync(personId);

        foreach (var path in (string[])[state.Path, $"{state.Path}/screening", $"{state.Path}/dates", $"{state.Path}/disclosures/1", link, $"/decide/{state.Reference}/1?link=x"])
        {
            var page = await person.OpenAsync(path);
            Assert.Null(Banner(page));
            Assert.DoesNotContain(SampleReferrals.FamilyName, page.Html);
        }
    }

    [Fact]
    public async Task A_page_that_a_person_may_not_use_says_whose_case_it_is_if_they_may_read_it()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var riley = await product.SignInAsync(DemoPeople.Referrer);

        var refused = await riley.OpenAsync($"{state.Path}/dates");

        Assert.Equal(403, refused.Status);
        Assert.Contains(SampleReferrals.FamilyName, Banner(refused));
    }

    [Fact]
    public async Task A_decision_link_that_is_over_or_anothers_says_whose_case_it_is_to_those_who_may_read_it()
    {
        var (state, link) = await ManagedCase.ProposedAsync(product);
        await state.DoAsync(DemoPeople.Coordinator, new WithdrawDisclosure(1, "Not needed."));
        using var charlie = await product.SignInAsync(DemoPeople.Chair);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        Assert.Contains(SampleReferrals.FamilyName, Banner(await charlie.OpenAsync(link)));
        Assert.Contains(SampleReferrals.FamilyName, Banner(await casey.OpenAsync(link)));
    }

    [Theory]
    [InlineData("2000-03-01", "2026-02-28", 25)]
    [InlineData("2000-03-01", "2026-03-01", 26)]
    [InlineData("2004-02-29", "2026-02-28", 22)]
    [InlineData("2004-02-29", "2026-02-27", 21)]
    public void An_age_is_in_whole_years(string born, string today, int age) =>
        Assert.Equal(age, CaseBanner.Age(DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture),
            DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture)));

    internal static string? Banner(BrowserPage page) =>
        page.Document.QuerySelector(".app-case-banner") is { } banner
            ? string.Join(' ', banner.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : null;

    private async Task<string> BannerAsync(Person person, string path)
    {
        using var browser = await product.SignInAsync(person);
        return Banner(await browser.ReadAsync(path))!;
    }

    /// <summary>The addresses of the pages of a case, but for files.</summary>
    private IEnumerable<string> Templates() =>
        from endpoint in product.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        let template = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        where endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null
            && template.Contains("{reference", StringComparison.Ordinal)
            && !template.EndsWith(".ics", StringComparison.Ordinal)
            && template != "/decide/{reference}/{number:int}/done" // There is no decision to confirm: DecideTests looks at it.
        select template;

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
