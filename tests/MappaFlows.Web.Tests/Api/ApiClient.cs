using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace MappaFlows.Web.Tests.Api;

/// <summary>A program that uses the API as one person after another.</summary>
internal sealed class ApiClient(ProductFactory product)
{
    public async Task<ApiAnswer> GetAsync(string person, string path)
    {
        using var client = product.Api(person);
        using var response = await client.GetAsync("/api/v1" + path);
        return await ApiAnswer.OfAsync(response);
    }

    public Task<ApiAnswer> PostAsync(string person, string path, object? body = null, string? key = null) =>
        SendAsync(person, path, JsonSerializer.Serialize(body, StreamJson.Options), key);

    public async Task<ApiAnswer> SendAsync(
        string? person,
        string path,
        string body,
        string? key = null,
        string contentType = "application/json",
        string? ifMatch = null)
    {
        using var client = product.Api(person);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1" + path)
        {
            Content = new StringContent(body, Encoding.UTF8, contentType),
        };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await client.SendAsync(request);
        return await ApiAnswer.OfAsync(response);
    }

    public Referral Referral(int yearsToExpiry = 3) =>
        SampleReferrals.Of(DateOnly.FromDateTime(product.Now.UtcDateTime), yearsToExpiry: yearsToExpiry);

    /// <summary>A new case that waits for its screening.</summary>
    public async Task<string> ReferAsync(Referral? referral = null)
    {
        var answer = await PostAsync("riley-referrer", "/referrals", referral ?? Referral(), Guid.NewGuid().ToString("N"));
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return answer.Json.GetProperty("reference").GetString()!;
    }

    /// <summary>A new case that is managed at this level.</summary>
    public async Task<string> ManageAsync(string level = "Level2", Referral? referral = null)
    {
        var reference = await ReferAsync(referral);
        var answer = await PostAsync("casey-coordinator", $"/cases/{reference}/screening", new { outcome = "Accept", level, reasons = "Agencies have to act together." });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return reference;
    }

    /// <summary>A new case with a disclosure that awaits the Chair.</summary>
    public async Task<(string Reference, string ContentHash)> ProposeAsync()
    {
        var reference = await ManageAsync();
        var answer = await PostAsync("casey-coordinator", $"/cases/{reference}/disclosures", new { content = SampleDisclosures.Content() });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return (reference, answer.Json.GetProperty("disclosures")[0].GetProperty("contentHash").GetString()!);
    }
}

/// <summary>What the API answered.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, string? ContentType, Uri? Location, JsonElement Json, HttpResponseMessage Response)
{
    /// <summary>The messages of a field.</summary>
    public string? Error(string field) =>
        Json.TryGetProperty("errors", out var errors) && errors.TryGetProperty(field, out var messages) ? messages[0].GetString() : null;

    /// <summary>That it is problem details of this status.</summary>
    public ApiAnswer IsProblem(int status)
    {
        Assert.Equal(status, (int)Status);
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrWhiteSpace(Json.GetProperty("title").GetString()));
        return this;
    }

    public static async Task<ApiAnswer> OfAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        response.Headers.Location,
        response.Content.Headers.ContentLength == 0 ? default : await response.Content.ReadFromJsonAsync<JsonElement>(),
        response);
}
