using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MappaFlows.Core.Streams;
using MappaFlows.Testing.Product;
using MappaFlows.Testing.Samples;

namespace MappaFlows.Local.Tests.Process;

/// <summary>What people do with a product that runs as a process.</summary>
internal static class ProductUse
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>Posts as this person and expects it to be done.</summary>
    public static async Task<JsonElement> DoAsync(this ProductProcess product, string person, string path, object? body, string? key = null)
    {
        using var client = product.As(person);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1" + path)
        {
            Content = JsonContent.Create(body, options: StreamJson.Options),
        };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static async Task<string> ReferAsync(this ProductProcess product)
    {
        var referral = SampleReferrals.Of(DateOnly.FromDateTime(DateTime.UtcNow));
        var state = await product.DoAsync("riley-referrer", "/referrals", referral, Guid.NewGuid().ToString("N"));
        return state.GetProperty("reference").GetString()!;
    }

    public static async Task<(string Reference, string ContentHash)> ProposeAsync(this ProductProcess product)
    {
        var reference = await product.ReferAsync();
        await product.DoAsync("casey-coordinator", $"/cases/{reference}/screening", new { outcome = "Accept", level = "Level2", reasons = "Needed." });
        var state = await product.DoAsync("casey-coordinator", $"/cases/{reference}/disclosures", new { content = SampleDisclosures.Content() });
        return (reference, state.GetProperty("disclosures")[0].GetProperty("contentHash").GetString()!);
    }

    public static async Task<JsonElement> CaseAsync(this ProductProcess product, string reference)
    {
        using var client = product.As("casey-coordinator");
        return await client.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{reference}");
    }

    /// <summary>Moves the clock and answers with what the product says of it.</summary>
    public static async Task<JsonElement> AdvanceAsync(this ProductProcess product, string duration)
    {
        using var response = await product.Client.PostAsJsonAsync("/dev/clock", new { advance = duration });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The emails whose subject is these words and the case's reference.</summary>
    public static async Task<IReadOnlyList<JsonElement>> MailAsync(this ProductProcess product, string subject, string reference)
    {
        var mail = await product.Client.GetFromJsonAsync<JsonElement>("/dev/mailbox.json");
        return [.. mail.EnumerateArray().Where(item => item.GetProperty("subject").GetString() is { } words
            && words.StartsWith($"MAPPA: {subject}", StringComparison.OrdinalIgnoreCase) && words.EndsWith($", {reference}", StringComparison.Ordinal))];
    }

    /// <summary>Waits for an email that is on its way.</summary>
    public static async Task<JsonElement> WaitForMailAsync(this ProductProcess product, string subject, string reference)
    {
        var started = Stopwatch.StartNew();
        while (started.Elapsed < Patience)
        {
            if (await product.MailAsync(subject, reference) is [var first, ..]) return first;
            await Task.Delay(LookEvery);
        }

        throw new InvalidOperationException($"No email '{subject}' came. The product said:\n{product.Output}");
    }
}
