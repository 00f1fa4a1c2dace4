using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using MappaFlows.Workflows.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Web.Tests.Hosting;

/// <summary>Pages while the store is full or gone, and while someone floods them.</summary>
public sealed class OverloadTests
{
    [Theory]
    [InlineData("/caseload")]
    [InlineData("/cases/MF-00000-00000")]
    [InlineData("/decide/MF-00000-00000/1?link=x")]
    public async Task A_store_that_is_gone_is_a_503_page_in_words_with_a_time_to_try_again(string path)
    {
        var store = new FailingStore();
        await using var product = await new ProductFactory { ReplaceStore = store.Around }.StartAsync();
        using var casey = await product.SignInAsync("casey-coordinator");
        store.IsFailing = true;
        using var response = await casey.Client.GetAsync(path);
        store.IsFailing = false;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.True(response.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal("MappaFlows is not available just now", (await BrowserPage.OfAsync(path, response)).Heading);
    }

    [Fact]
    public async Task A_store_that_is_full_when_a_form_is_sent_is_a_503_page_too()
    {
        var store = new FailingStore();
        await using var product = await new ProductFactory { ReplaceStore = store.Around }.StartAsync();
        using var riley = await product.SignInAsync("riley-referrer");
        var page = await riley.ReadAsync("/referrals/new");
        store.IsFull = true;
        var answer = await riley.SubmitAsync(page);
        store.IsFull = false;
        Assert.Equal(503, answer.Status);
        Assert.Equal("MappaFlows is not available just now", answer.Heading);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?link=")]
    [InlineData("?link=%20")]
    [InlineData("?link=&link=")]
    public async Task A_decision_link_without_its_token_is_no_page_and_no_fault(string query)
    {
        await using var product = await new ProductFactory().StartAsync();
        var (reference, _) = await new Api.ApiClient(product).ProposeAsync();
        using var charlie = await product.SignInAsync("charlie-chair");
        Assert.Equal(404, (await charlie.OpenAsync($"/decide/{reference}/1{query}")).Status);
    }

    [Fact]
    public async Task A_flood_of_pages_is_refused_in_words_and_seen_and_others_read_on()
    {
        var lines = new ConcurrentQueue<string>();
        await using var product = await new ProductFactory
        {
            Settings = { ["MappaFlows:Api:PageRequestsPerMinute"] = "20" },
            Log = logging => logging.AddProvider(new Lines(lines)),
        }.StartAsync();
        var counted = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == ProductMetrics.MeterName && instrument.Name == "mappaflows.requests.refused")
                    own.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref counted, value));
        listener.Start();

        using var stranger = product.NewBrowser();
        using var casey = await product.SignInAsync("casey-coordinator");
        BrowserPage? refused = null;
        for (var i = 0; i < 60 && refused is null; i++)
        {
            // Half of them are of pages that are not there, as a scanner asks for.
            var page = await stranger.OpenAsync(i % 2 == 0 ? "/sign-in" : $"/wp-admin/{i}.php");
            if (page.Status == 429) refused = page;
        }

        Assert.Equal("Too many requests", refused!.Heading);
        Assert.True(counted > 0);
        Assert.Contains(lines, line => line.Contains("Too many requests", StringComparison.Ordinal));
        Assert.Equal(200, (await casey.OpenAsync("/caseload")).Status);
        Assert.Equal(HttpStatusCode.OK, (await stranger.Client.GetAsync("/health")).StatusCode);
    }

    [Theory]
    [InlineData("MappaFlows:Api:RequestsPerMinute", "0")]
    [InlineData("MappaFlows:Api:PageRequestsPerMinute", "-1")]
    [InlineData("MappaFlows:Api:MaxBodyBytes", "0")]
    public async Task A_setting_that_cannot_be_stops_the_start_by_its_name(string setting, string value)
    {
        var product = new ProductFactory { Settings = { [setting] = value } };
        await using (product)
        {
            var refused = await Assert.ThrowsAnyAsync<Exception>(product.StartAsync);
            Assert.Contains(setting, refused.Message, StringComparison.Ordinal);
        }
    }

    private sealed class Lines(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) lines.Enqueue(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
