using MappaFlows.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Cases;

public sealed class CasePageTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    [Fact]
    public async Task Case_page_title_has_no_personal_data()
    {
        var reference = await product.AcceptAsync(referral: SampleReferrals.Of(product.Today(), "Who-And-What"));
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        var page = await casey.ReadAsync($"/cases/{reference}");

        Assert.Equal($"Case {reference} – MappaFlows", page.Title);
        Assert.Equal($"{SampleReferrals.GivenNames} Who-And-What", page.Heading);
        Assert.Contains("Category 2: violent or other sexual offender", page.Text);
        Assert.Contains("Level 2: formal meetings of agencies since", page.Text);
        Assert.Contains("Riley Referrer on", page.Text);
        Assert.Contains("Casey Coordinator on", page.Text);
    }

    [Fact]
    public async Task It_says_what_the_case_waits_for_by_whom_and_why_by_that_day()
    {
        var reference = await product.AcceptAsync();
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        var page = await casey.ReadAsync($"/cases/{reference}");

        Assert.Contains("Meeting 1 to be held", page.Text);
        Assert.Contains("The area’s coordinators", page.Text);
        Assert.Contains("20 working days after the case was accepted", page.Text);
        Assert.DoesNotContain("first-meeting-level-2", page.Text);
        Assert.Contains("All areas, edition", page.Text);
        Assert.DoesNotContain("Overdue", page.Text);
    }

    [Fact]
    public async Task It_says_how_the_case_will_end_and_when()
    {
        var reference = await product.AcceptAsync();
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        var page = await casey.ReadAsync($"/cases/{reference}");

        var ends = PlainDate.Of(product.Today().AddYears(3));
        Assert.Contains($"The exit is at the end of {ends}, when the sentence or order of Category 2 ends. Before that, Category 3 must be considered.", page.Text);
        Assert.Contains("Category 2 is why the person is managed now", page.Text);
        Assert.Contains($"The case closes by itself at the end of {ends}", page.Text);
    }

    [Theory]
    [InlineData("casey-coordinator", "Arrange meeting 1|Propose a disclosure|Change a date|Add a sentence or order")]
    [InlineData("charlie-chair", "Decide the exit")]
    [InlineData("morgan-manager", "Propose a disclosure|Change a date|Add a sentence or order|Decide the exit")]
    [InlineData("riley-referrer", "")]
    public async Task It_offers_what_this_person_may_do_now_and_nothing_else(string personId, string actions)
    {
        var reference = await product.AcceptAsync();
        using var person = await product.SignInAsync(personId);

        var page = await person.ReadAsync($"/cases/{reference}");

        Assert.Equal(actions, string.Join('|', page.Document.QuerySelectorAll("#actions a").Select(link => link.TextContent)));
    }

    [Fact]
    public async Task While_it_waits_for_screening_it_offers_that_and_leads_there()
    {
        var reference = await product.ReferAsync();
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        var link = Assert.Single((await casey.ReadAsync($"/cases/{reference}")).Document.QuerySelectorAll("#actions a"));

        Assert.Equal(("Decide the screening", $"/cases/{reference}/screening"), (link.TextContent, link.GetAttribute("href")));
    }

    [Fact]
    public async Task A_disclosure_waits_for_its_approver_who_alone_is_offered_to_decide()
    {
        var reference = await product.AcceptAsync();
        await product.GiveAsync(DemoPeople.Coordinator, reference, new ProposeDisclosure { Content = SampleDisclosures.Content() });
        using var charlie = await product.SignInAsync(DemoPeople.Chair);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        var his = await charlie.ReadAsync($"/cases/{reference}");
        var hers = await casey.ReadAsync($"/cases/{reference}");

        Assert.Contains("Decide on disclosure 1", his.Document.QuerySelector("#actions")!.TextContent);
        Assert.DoesNotContain("Decide on disclosure 1", hers.Document.QuerySelector("#actions")!.TextContent);
        Assert.Contains("Decision on disclosure 1", hers.Text);
        Assert.Contains("Waiting for approval", hers.Text);
        Assert.Contains("Disclosure 1 proposed", hers.Text);
        Assert.Contains("Decision asked of: Charlie Chair", hers.Text);
    }

    [Fact]
    public async Task A_meeting_that_was_recorded_is_told_with_its_decisions_and_its_minutes_are_due()
    {
        await using var own = await new ProductFactory().StartAsync();
        var reference = await own.AcceptAsync();
        await own.GiveAsync(
            DemoPeople.Coordinator,
            reference,
            new ScheduleMeeting { StartsAt = own.Now.AddDays(3), Minutes = 90, Place = "Room 1" });
        await own.MoveAsync(TimeSpan.FromDays(4));
        await own.GiveAsync(DemoPeople.Coordinator, reference, new RecordMeeting(1, new()
        {
            Attendance = [.. Agencies.Core.Select(agency => new Attendance(agency.Id, AttendanceStatus.Present))],
            Decisions = [new("Visit every week", "Contact has lapsed", "Probation", own.Today().AddDays(7))],
            DisclosureConsidered = true,
            DisclosureReasons = "Nobody is at particular risk",
            Level = ManagementLevel.Level2,
        }));
        using var casey = await own.SignInAsync(DemoPeople.Coordinator);

        var page = await casey.ReadAsync($"/cases/{reference}");

        Assert.Contains("Meeting 1 held and recorded", page.Text);
        Assert.Contains("Decision: Visit every week", page.Text);
        Assert.Contains("Rationale: Contact has lapsed", page.Text);
        Assert.Contains("Minutes of meeting 1", page.Text);
        Assert.Contains("1 hour 30 minutes", page.Text);
        Assert.Equal($"/cases/{reference}/meetings/1", page.Document.QuerySelector("table a[href*=meetings]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task What_is_late_is_marked()
    {
        await using var own = await new ProductFactory().StartAsync();
        var reference = await own.ReferAsync();
        await own.MoveAsync(TimeSpan.FromDays(20));
        using var casey = await own.SignInAsync(DemoPeople.Coordinator);

        var page = await casey.ReadAsync($"/cases/{reference}");

        Assert.Equal("Overdue", page.Document.QuerySelector(".govuk-summary-card .govuk-tag--red")!.TextContent);
        Assert.Contains("Overdue, and passed on", page.Text);
        Assert.Contains("Reminder sent", page.Text);
    }

    [Fact]
    public async Task The_timeline_has_the_newest_first_in_pages_that_lead_to_each_other()
    {
        var reference = await product.AcceptAsync();
        for (var day = 1; day <= 45; day++)
        {
            await product.GiveAsync(
                DemoPeople.Coordinator,
                reference,
                new ChangeDate
                {
                    Date = Core.Exits.CaseDate.LicenceEnd,
                    From = (await product.CaseAsync(reference)).LicenceEnd,
                    To = product.Today().AddDays(day),
                    Reason = $"Reason {day}.",
                });
        }

        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var first = await casey.ReadAsync($"/cases/{reference}");
        Assert.Equal(20, Items(first).Count);
        Assert.Contains("Reason 45.", Items(first)[0]);
        Assert.Null(first.Document.QuerySelector("[rel=prev]"));

        var second = await casey.ReadAsync(first.Document.QuerySelector("[rel=next]")!.GetAttribute("href")!);
        Assert.Contains("Reason 25.", Items(second)[0]);
        var third = await casey.ReadAsync(second.Document.QuerySelector("[rel=next]")!.GetAttribute("href")!);
        Assert.Contains("Referral received", Items(third)[^1]);
        Assert.Null(third.Document.QuerySelector("[rel=next]"));

        Assert.Equal(47, Items(first).Count + Items(second).Count + Items(third).Count);
        Assert.Equal(Items(first), Items(await casey.ReadAsync(second.Document.QuerySelector("[rel=prev]")!.GetAttribute("href")!)));
        Assert.Equal(Items(second), Items(await casey.ReadAsync(third.Document.QuerySelector("[rel=prev]")!.GetAttribute("href")!)));
    }

    [Theory]
    [InlineData("?before=0")]
    [InlineData("?before=-5")]
    [InlineData("?before=9223372036854775807")]
    [InlineData("?before=nonsense&checkRecord=perhaps")]
    public async Task Invalid_page_number_returns_404(string query)
    {
        var reference = await product.ReferAsync();
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        Assert.Equal(200, (await casey.OpenAsync($"/cases/{reference}{query}")).Status);
    }

    [Fact]
    public async Task Case_page_verifies_the_stream_on_request()
    {
        var reference = await product.AcceptAsync();
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        Assert.Contains("The record is complete and unbroken", (await casey.ReadAsync($"/cases/{reference}?checkRecord=true")).Text);

        // Somebody takes the last event away behind the product's back.
        await product.Services.GetRequiredService<ITableStore>().CommitAsync("Cases", reference.ToString(), [new Delete("event-0000000002")]);

        var page = await casey.ReadAsync($"/cases/{reference}?checkRecord=true");
        Assert.Contains("The record is broken", page.Text);
        Assert.Contains("Event 2 is not as it was recorded, or is missing.", page.Text);
    }

    [Fact]
    public async Task Referrer_can_open_the_case_and_other_areas_cannot()
    {
        var reference = await product.ReferAsync(SampleReferrals.Of(product.Today()) with
        {
            Placement = SampleReferrals.Of(product.Today()).Placement with { Area = "dorset" },
        });
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        using var dana = await product.SignInAsync("dana-dorset");
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        Assert.Equal(200, (await riley.OpenAsync($"/cases/{reference}")).Status);
        Assert.Equal(200, (await dana.OpenAsync($"/cases/{reference}")).Status);
        Assert.Equal(404, (await casey.OpenAsync($"/cases/{reference}")).Status);
    }

    private static List<string> Items(BrowserPage page) => [.. page.Document.QuerySelectorAll(".moj-timeline__item").Select(item => item.TextContent)];
}
