using MappaFlows.EndToEnd.Browsers;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace MappaFlows.EndToEnd.Browsers;

/// <summary>The one browser that all tests share. Each test opens windows of its own in it, with cookies of their own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    /// <summary>How long a page may take, in milliseconds: far longer than it does, for machines that do much else besides.</summary>
    internal const float Patience = 300_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser has not been started.");

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await BrowserProgram.LaunchAsync(_playwright);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
