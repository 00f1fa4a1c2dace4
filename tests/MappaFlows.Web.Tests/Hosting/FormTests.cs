using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace MappaFlows.Web.Tests.Hosting;

/// <summary>The styles page holds every kind of field: what is posted wrong comes back beside its field, with nothing lost.</summary>
public sealed class FormTests(DefaultPages shell) : IClassFixture<DefaultPages>
{
    private const string Page = "/dev/styles";

    [Fact]
    public async Task The_error_summary_lists_errors_in_the_order_of_the_fields_and_each_link_leads_to_a_control()
    {
        var host = shell.Host;

        var page = await host.PostAsync(Page, ("Input.Surname", ""));

        Assert.Equal("Error: Styles – MappaFlows", page.Title);
        var links = page.QuerySelectorAll(".govuk-error-summary a");
        Assert.Equal(
            ["Enter a surname", "Enter a date of birth", "Select a level", "Select an agency", "Select an area", "Enter the reasons"],
            links.Select(link => link.TextContent));
        Assert.All(links, link => Assert.Contains(
            page.QuerySelector(((IHtmlAnchorElement)link).Hash)!.LocalName,
            new[] { "input", "select", "textarea" }));
    }

    [Fact]
    public async Task An_error_stands_beside_its_field_and_describes_it()
    {
        var host = shell.Host;

        var page = await host.PostAsync(Page, ("Input.Surname", ""));

        var input = page.QuerySelector("#Input_Surname")!;
        Assert.Equal("Input_Surname-hint Input_Surname-error", input.GetAttribute("aria-describedby"));
        Assert.Contains("govuk-input--error", input.ClassList);
        Assert.Equal("Error: Enter a surname", page.QuerySelector("#Input_Surname-error")!.TextContent);
        Assert.NotNull(input.Closest(".govuk-form-group--error"));
    }

    [Fact]
    public async Task What_was_typed_comes_back_right_or_wrong()
    {
        var host = shell.Host;

        var page = await host.PostAsync(
            Page,
            ("Input.Surname", "O’Neill <b> & Ŵyn"),
            ("Input.WorkingDays", "soon"),
            ("Input.Reasons", "\r\nfirst\r\nsecond"),
            ("Input.DateOfBirth.Day", "31"),
            ("Input.DateOfBirth.Month", "Feb"),
            ("Input.DateOfBirth.Year", ""),
            ("Input.Level", "3"),
            ("Input.WhyLevel3", "because"),
            ("Input.Agencies", "police"),
            ("Input.Agencies", "prisons"),
            ("Input.Area", "northmoor"));

        Assert.Equal("O’Neill <b> & Ŵyn", Value("#Input_Surname"));
        Assert.Equal("soon", Value("#Input_WorkingDays"));
        Assert.Equal("Working days must be in the correct format", page.QuerySelector("#Input_WorkingDays-error")!.LastChild!.TextContent.Trim());
        Assert.Equal("\nfirst\nsecond", ((IHtmlTextAreaElement)page.QuerySelector("#Input_Reasons")!).Value.ReplaceLineEndings("\n"));
        Assert.Equal(["31", "Feb", ""], new[] { "day", "month", "year" }.Select(part => Value($"#Input_DateOfBirth-{part}")));
        Assert.Equal(["3"], Ticked("Input.Level"));
        Assert.Equal("because", Value("#Input_WhyLevel3"));
        Assert.Equal(["police", "prisons"], Ticked("Input.Agencies"));
        Assert.Equal("northmoor", ((IHtmlSelectElement)page.QuerySelector("#Input_Area")!).Value);

        string Value(string selector) => ((IHtmlInputElement)page.QuerySelector(selector)!).Value;
        IEnumerable<string?> Ticked(string name) => page.QuerySelectorAll($"input[name='{name}'][checked]").Select(input => input.GetAttribute("value"));
    }

    [Fact]
    public async Task A_date_without_its_year_marks_the_year_and_leads_to_it()
    {
        var host = shell.Host;

        var page = await host.PostAsync(Page, ("Input.DateOfBirth.Day", "1"), ("Input.DateOfBirth.Month", "2"), ("Input.DateOfBirth.Year", ""));

        var link = page.QuerySelectorAll(".govuk-error-summary a").Single(link => link.TextContent == "Date of birth must include a year");
        Assert.Equal("#Input_DateOfBirth-year", link.GetAttribute("href"));
        Assert.Equal(["Input_DateOfBirth-year"], page.QuerySelectorAll(".govuk-date-input .govuk-input--error").Select(input => input.Id));
    }

    [Fact]
    public async Task A_date_that_is_needed_and_blank_is_asked_for_in_the_words_of_the_page()
    {
        var host = shell.Host;

        var page = await host.PostAsync(
            Page, ("Input.DateOfBirth.Day", ""), ("Input.DateOfBirth.Month", ""), ("Input.DateOfBirth.Year", ""));

        var link = page.QuerySelectorAll(".govuk-error-summary a").Single(link => link.TextContent == "Enter a date of birth");
        Assert.Equal("#Input_DateOfBirth-day", link.GetAttribute("href"));
    }

    [Fact]
    public async Task A_form_without_faults_binds_every_answer()
    {
        var host = shell.Host;

        var page = await host.PostAsync(
            Page,
            ("Input.Surname", "Example"),
            ("Input.WorkingDays", "5"),
            ("Input.Reasons", "Reasons"),
            ("Input.DateOfBirth.Day", "31"),
            ("Input.DateOfBirth.Month", "3"),
            ("Input.DateOfBirth.Year", "1980"),
            ("Input.Level", "2"),
            ("Input.Agencies", "police"),
            ("Input.Area", "northmoor"));

        Assert.Null(page.QuerySelector(".govuk-error-summary"));
        Assert.Contains("Date of birth: 31 March 1980", page.QuerySelector(".govuk-notification-banner--success")!.TextContent);
    }

    [Fact]
    public async Task Pages_of_a_list_keep_the_query_and_show_the_ends_and_the_neighbours()
    {
        var host = shell.Host;

        var pages = (await host.PageAsync($"{Page}?level=2&pageNumber=5")).QuerySelector(".govuk-pagination")!;

        Assert.Equal(["1", "⋯", "4", "5", "6", "⋯", "9"], pages.QuerySelectorAll("li").Select(item => item.TextContent.Trim()));
        Assert.Equal($"{Page}?level=2&pageNumber=4", pages.QuerySelector("a[rel=prev]")!.GetAttribute("href"));
        Assert.Equal("5", pages.QuerySelector("a[aria-current=page]")!.TextContent);
    }

    [Fact]
    public async Task A_gap_of_one_page_is_that_page()
    {
        var host = shell.Host;

        var pages = (await host.PageAsync($"{Page}?pageNumber=3")).QuerySelectorAll(".govuk-pagination li");

        Assert.Equal(["1", "2", "3", "4", "⋯", "9"], pages.Select(item => item.TextContent.Trim()));
    }
}
