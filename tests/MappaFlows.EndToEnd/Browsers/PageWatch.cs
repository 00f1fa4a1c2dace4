using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace MappaFlows.EndToEnd.Browsers;

/// <summary>
/// Collects what a browser has to complain about while pages are visited: errors in scripts and in the console (violations of the content
/// security policy among them), and files and pages that fail.
/// </summary>
internal sealed class PageWatch
{
    private readonly ConcurrentQueue<string> _complaints = new();

    public PageWatch(IPage page)
    {
        page.Console += (_, message) =>
        {
            // Of every answer from 400 on the console says so; which of them are wrong, the responses themselves tell.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                Complain(page, $"console: {message.Text}");
        };
        page.PageError += (_, error) => Complain(page, $"script: {error}");
        page.Response += (_, response) =>
        {
            // Pages answer 403, 404, 409, 410 and 422 on purpose; a file never does, and nothing answers 500.
            if (response.Status >= 500 || (response.Status >= 400 && !response.Request.IsNavigationRequest))
                Complain(page, $"{response.Status} for {response.Url}");
        };
    }

    public IReadOnlyCollection<string> Complaints => _complaints;

    private void Complain(IPage page, string what) => _complaints.Enqueue($"{page.Url}: {what}");
}
