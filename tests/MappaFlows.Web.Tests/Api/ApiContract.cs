using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MappaFlows.Web.Tests.Api;

/// <summary>
/// Holds every answer of the API against the OpenAPI document that the same product serves: its status must be described for the operation,
/// and its JSON must fit the schema of that status. It stands in every client that <see cref="ProductFactory.Api"/> gives.
/// </summary>
internal sealed partial class ApiContract(Uri address) : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false })
{
    private readonly Lazy<Task<JsonElement>> _document = new(async () =>
    {
        using var client = new HttpClient { BaseAddress = address };
        return await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
    });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.RequestUri!.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal))
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            await CheckAsync(request, response);
        }

        return response;
    }

    private async Task CheckAsync(HttpRequestMessage request, HttpResponseMessage response)
    {
        var document = await _document.Value;
        var status = (int)response.StatusCode;
        var route = document.GetProperty("paths").EnumerateObject()
            .Where(path => Matches(path.Name, request.RequestUri!.AbsolutePath))
            .Select(path => (JsonElement?)path.Value)
            .FirstOrDefault();
        if (route is not { } operations)
        {
            Assert.True(status is 401 or 403 or 404 or 405 or 429, $"{status} from a path that is not described: {request.RequestUri!.AbsolutePath}");
            return;
        }

        // Another method than the path has is refused in the words of the one that it has.
        var operation = operations.TryGetProperty(request.Method.Method.ToLowerInvariant(), out var own)
            ? own
            : operations.EnumerateObject().First().Value;
        var name = operation.GetProperty("operationId").GetString()!;
        Assert.True(
            operation.GetProperty("responses").TryGetProperty(status.ToString(CultureInfo.InvariantCulture), out var described),
            $"{name} answered {status}, which its description does not name.");

        var body = await response.Content.ReadAsByteArrayAsync();
        if (!described.TryGetProperty("content", out var contents))
        {
            Assert.Empty(body);
            return;
        }

        if (request.Method == HttpMethod.Head) return;
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        Assert.True(contents.TryGetProperty(type, out var content), $"{name} answered {status} as '{type}', which is not described.");
        using var json = JsonDocument.Parse(body);
        var faults = new JsonSchemaCheck(document).Of(json.RootElement, content.GetProperty("schema"));
        Assert.True(faults.Count == 0, $"{name} {status}: {string.Join("; ", faults)}\n{Encoding.UTF8.GetString(body)}");
    }

    private static bool Matches(string template, string path) =>
        Regex.IsMatch(path, $"^{Parameter().Replace(template, "[^/]+")}$", RegexOptions.None, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
