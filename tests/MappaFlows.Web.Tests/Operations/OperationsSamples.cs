using MappaFlows.DurableTask.Embedded;
using MappaFlows.Web.Tests.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Operations;

/// <summary>Brings the engine and the post into the states that administrators look at.</summary>
internal static class OperationsSamples
{
    public const string Administrator = "alex-admin";

    public static DurableTaskClient Client(this ProductFactory product) => product.Services.GetRequiredService<DurableTaskClient>();

    public static Task IdleAsync(this ProductFactory product) => product.Services.GetRequiredService<IEmbeddedEngine>().WhenIdleAsync();

    public static async Task<OrchestrationRuntimeStatus?> StateAsync(this ProductFactory product, string id)
    {
        await product.IdleAsync();
        return (await product.Client().GetInstanceAsync(id))?.RuntimeStatus;
    }

    /// <summary>The id of an orchestration that waits for a screening.</summary>
    public static async Task<string> QueuedAsync(this ProductFactory product)
    {
        var reference = await product.ReferAsync();
        await product.IdleAsync();
        return new CaseInstanceIds(reference).Screening;
    }

    /// <summary>An orchestration that failed, since there was no such case; and a way to make the case, after which it would not.</summary>
    public static async Task<(string Id, Func<Task> MendAsync)> FailedAsync(this ProductFactory product)
    {
        var key = Guid.NewGuid().ToString("N");
        var reference = CaseReference.For(DemoPeople.Referrer.Id, key);
        var id = $"{reference}-lost";
        await product.Client().StartOnceAsync(nameof(Screening), id, new CaseInput(reference.ToString()));
        await product.MoveAsync(TimeSpan.FromDays(2));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, await product.StateAsync(id));
        return (
            id,
            () => product.GiveAsync(
                DemoPeople.Referrer, reference, new SubmitReferral(reference, SampleReferrals.Of(product.Today())), key));
    }

    /// <summary>An email to the coordinator that could not be sent for want of an address, which she has again by now.</summary>
    public static async Task<UndeliveredEmail> UndeliveredEmailAsync(this ProductFactory product)
    {
        var people = product.Services.GetRequiredService<TablePeopleDirectory>();
        await people.SaveAsync([DemoPeople.Coordinator with { Email = "" }], []);
        var reference = await product.ReferAsync();
        await people.SaveAsync([DemoPeople.Coordinator], []);
        var letters = await product.Services.GetRequiredService<UndeliveredEmails>().PageAsync(100);
        return letters.Single(letter => letter.EmailRequest.Reference == reference);
    }

    public static async Task<AdminLogEntry> NewestEntryAsync(this ProductFactory product) =>
        (await product.Services.GetRequiredService<AdminLog>().PageAsync(null, 1)).Entries[0];

    /// <summary>Confirms an act from its page, as the person would.</summary>
    public static async Task<BrowserPage> ConfirmAsync(this Browser browser, string path, string reason) =>
        await browser.SubmitAsync(await browser.ReadAsync(path), ("Reason", reason));

    public static string ActionPath(this BrowserPage page, string text) =>
        page.Document.QuerySelectorAll("main a")
            .First(link => link.TextContent.Trim().StartsWith(text, StringComparison.Ordinal))
            .GetAttribute("href")!;

    /// <summary>What the cells of a list's first row call themselves where each row stands by itself.</summary>
    public static IEnumerable<string?> StackedLabels(this BrowserPage page) =>
        page.Document.QuerySelectorAll("table.app-stack tbody tr")[0].QuerySelectorAll("td").Select(cell => cell.GetAttribute("data-label"));
}
