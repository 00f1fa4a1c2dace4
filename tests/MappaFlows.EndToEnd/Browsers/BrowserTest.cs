using Microsoft.Playwright;

namespace MappaFlows.EndToEnd.Browsers;

/// <summary>
/// A test with windows of the shared browser. At its end none of them may have had anything to complain about; where the test failed, what
/// each showed last is kept in <c>TestResults</c>, beside the program.
/// </summary>
public abstract class BrowserTest(BrowserFixture browser) : IAsyncLifetime
{
    private readonly List<Visitor> _visitors = [];

    /// <summary>The product that is visited.</summary>
    protected abstract Uri Address { get; }

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var complaints = _visitors.SelectMany(visitor => visitor.Complaints).ToList();
        var hasFailed = complaints.Count > 0 || TestContext.Current.TestState?.Result == TestResult.Failed;
        for (var i = 0; i < _visitors.Count; i++)
        {
            if (hasFailed) await KeepAsync(_visitors[i].Page, $"{i + 1}");
            await _visitors[i].DisposeAsync();
        }

        Assert.Empty(complaints);
    }

    /// <summary>Opens a window.</summary>
    /// <param name="scripts">Whether scripts run in it.</param>
    /// <param name="session">The session in which it is signed in; null for nobody's.</param>
    protected async Task<Visitor> VisitAsync(bool scripts = true, string? session = null)
    {
        var visitor = await Visitor.ComeAsync(browser.Browser, Address, scripts, session);
        _visitors.Add(visitor);
        return visitor;
    }

    /// <summary>Opens a window and signs in through the page.</summary>
    protected async Task<Visitor> VisitAsAsync(string person, bool scripts = true)
    {
        var visitor = await VisitAsync(scripts);
        await visitor.OpenAsync("/sign-in");
        await visitor.SignInAsync(person);
        return visitor;
    }

    private static async Task KeepAsync(IPage page, string window)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "TestResults", FileName(TestContext.Current.Test?.TestDisplayName ?? "test"));
        Directory.CreateDirectory(folder);
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"{window}.html"), $"<!-- {page.Url} -->\n{await page.ContentAsync()}");
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{window}.png"), FullPage = true });
        }
        catch (PlaywrightException exception)
        {
            // The evidence is not worth losing the failure for.
            await File.WriteAllTextAsync(Path.Combine(folder, $"{window}.txt"), exception.Message);
        }
    }

    private static string FileName(string text)
    {
        var name = string.Concat(text.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-'));
        return name.Length <= 150 ? name : name[^150..];
    }
}
