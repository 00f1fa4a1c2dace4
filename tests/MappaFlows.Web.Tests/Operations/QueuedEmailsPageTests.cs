using System.Globalization;
using MappaFlows.Web.Tests.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Operations;

public sealed class QueuedEmailsPageTests
{
    [Fact]
    public async Task Nothing_that_waits_is_said_so()
    {
        await using var product = await new ProductFactory().StartAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var page = await alex.ReadAsync("/operations/queued-emails");

        Assert.Equal("No emails are queued.", page.Document.QuerySelector("#none")!.TextContent);
        Assert.Equal(["No limit here", "No limit here"], Fullness(page));
        Assert.Null(page.Document.QuerySelector(".govuk-warning-text"));
    }

    [Fact]
    public async Task A_service_that_asked_us_to_wait_is_shown_with_what_it_said_since_when_and_until_when()
    {
        var service = new StubService { Answer = new SendOutcome.Throttled("HTTP 429 TooManyRequests", TimeSpan.FromMinutes(30)) };
        await using var product = await StartAsync(service);
        await SubmitAsync(product, 2);
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var page = await alex.ReadAsync("/operations/queued-emails");

        var warning = page.Document.QuerySelector(".govuk-warning-text")!.TextContent;
        Assert.Contains("HTTP 429 TooManyRequests", warning);
        Assert.Contains("It is not tried again before", warning);
        Assert.Equal(["1 of 30", "1 of 100"], Fullness(page));
        var rows = page.Document.QuerySelectorAll("tbody tr");
        Assert.Equal(2, rows.Length);
        Assert.All(rows, row => Assert.Contains("HTTP 429", row.TextContent));
        Assert.Equal(["To", "Why", "Since", "Not before"], page.StackedLabels());
        Assert.All(rows, row => Assert.Matches(@"\d{4} at \d", row.QuerySelectorAll("td")[^1].TextContent));

        service.Answer = new SendOutcome.Accepted();
        await product.MoveAsync(TimeSpan.FromMinutes(30));
        Assert.Equal("No emails are queued.", (await alex.ReadAsync("/operations/queued-emails")).Document.QuerySelector("#none")!.TextContent);
    }

    [Fact]
    public async Task A_full_minute_is_shown_and_what_waits_for_it_is_shown_in_pages()
    {
        await using var product = await StartAsync(new StubService());
        await SubmitAsync(product, 24 + 26);
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var first = await alex.ReadAsync("/operations/queued-emails");
        var second = await alex.ReadAsync(first.Document.QuerySelector("[rel=next]")!.GetAttribute("href")!);

        Assert.Equal(["24 of 30", "24 of 100"], Fullness(first));
        Assert.Contains("no more emails in this minute", first.Text);
        Assert.Equal(25, first.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Single(second.Document.QuerySelectorAll("tbody tr"));
        Assert.Null(second.Document.QuerySelector("[rel=next]"));
    }

    private static Task<ProductFactory> StartAsync(StubService service) => new ProductFactory
    {
        Replace = services => services.AddSingleton<IEmailTransport>(service),
    }.StartAsync();

    private static string[] Fullness(BrowserPage page) =>
        [.. page.Document.QuerySelectorAll(".govuk-summary-list__value").Select(value => value.TextContent.Trim())];

    /// <summary>
    /// Hands in so many emails to one coordinator: the first by a referral, the others as though there were as many more.
    /// </summary>
    private static async Task SubmitAsync(ProductFactory product, int count)
    {
        var office = product.Services.GetRequiredService<EmailSender>();
        var reference = await product.ReferAsync();
        for (var number = 1; number < count; number++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{reference}.{number:D5}.test");
            await office.SubmitAsync(new(id, "ReferralReceived", reference, new(DemoPeople.Coordinator.Id)), CancellationToken.None);
        }
    }

    private sealed class StubService : IEmailTransport
    {
        public EmailRateLimits Limits { get; } = new(30, 100);

        public SendOutcome Answer { get; set; } = new SendOutcome.Accepted();

        public Task<SendOutcome> SendAsync(OutgoingEmail email, Guid operationId, CancellationToken cancellationToken) =>
            Task.FromResult(Answer);
    }
}
