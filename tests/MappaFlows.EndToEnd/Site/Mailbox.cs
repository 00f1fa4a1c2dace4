using MappaFlows.EndToEnd.Browsers;
using Microsoft.Playwright;

namespace MappaFlows.EndToEnd.Site;

/// <summary>The mailbox page as somebody reads it who waits for an email.</summary>
internal sealed class Mailbox(Visitor reader)
{
    private const int MostLooks = 200;

    /// <summary>Opens the newest email about this case to this address whose subject begins so.</summary>
    public async Task OpenAsync(string to, string subject, string reference)
    {
        var email = reader.Page
            .GetByRole(AriaRole.Row)
            .Filter(new() { HasText = to })
            .Filter(new() { HasText = reference })
            .GetByRole(AriaRole.Link, new() { Name = $"MAPPA: {subject}" });

        // An email goes out after the page that caused it was answered: one looks until it is there.
        for (var look = 0; look < MostLooks; look++)
        {
            await reader.OpenAsync("/dev/mailbox");
            if (await email.CountAsync() == 0) continue;
            await email.First.ClickAsync();
            await Assertions.Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(subject);
            return;
        }

        Assert.Fail($"No email '{subject}' to {to} came.");
    }

    /// <summary>Opens an email and follows its link.</summary>
    public async Task FollowAsync(string to, string subject, string reference)
    {
        await OpenAsync(to, subject, reference);
        await reader.Main.Locator("a[href^=http]").ClickAsync();
    }

    /// <summary>The link of the email that is open.</summary>
    public async Task<string> LinkAsync() => (await reader.Main.Locator("a[href^=http]").GetAttributeAsync("href"))!;
}
