using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Api;

/// <summary>The API is described whole by its OpenAPI document.</summary>
public sealed class DescriptionTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    [Fact]
    public async Task Every_route_is_described_with_a_name_a_summary_what_it_takes_and_how_it_fails()
    {
        var document = await DocumentAsync();
        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (Route: $"{operation.Name.ToUpperInvariant()} {path.Name}", Operation: operation.Value)))
            .ToDictionary(item => item.Route, item => item.Operation);
        var routes = product.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .Select(endpoint => $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single()} {endpoint.RoutePattern.RawText!.Replace(":int", "", StringComparison.Ordinal)}")
            .ToList();

        Assert.True(routes.Count >= 20);
        Assert.Equal(routes.Order(), described.Keys.Order());
        foreach (var (route, operation) in described)
        {
            Assert.False(string.IsNullOrWhiteSpace(operation.GetProperty("operationId").GetString()), route);
            Assert.False(string.IsNullOrWhiteSpace(operation.GetProperty("summary").GetString()), route);
            var responses = operation.GetProperty("responses");
            Assert.True(responses.TryGetProperty("200", out _), route);
            Assert.True(responses.TryGetProperty("401", out _) && responses.TryGetProperty("429", out _), route);
            if (!route.StartsWith("POST", StringComparison.Ordinal)) continue;
            Assert.True(route.EndsWith("/minutes", StringComparison.Ordinal) || operation.TryGetProperty("requestBody", out _), route);
            Assert.True(responses.TryGetProperty("422", out var invalid), route);
            Assert.True(invalid.GetProperty("content").TryGetProperty("application/problem+json", out _), route);
            Assert.Contains(operation.GetProperty("parameters").EnumerateArray(), parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key");
        }
    }

    [Fact]
    public async Task It_says_how_a_program_signs_in_and_what_a_reference_looks_like()
    {
        var components = (await DocumentAsync()).GetProperty("components");
        Assert.Equal("X-Local-Person", components.GetProperty("securitySchemes").GetProperty("localPerson").GetProperty("name").GetString());
        Assert.StartsWith("^MF-", components.GetProperty("schemas").GetProperty("CaseReference").GetProperty("pattern").GetString(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> DocumentAsync()
    {
        using var client = product.Api(personId: null);
        return await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
    }
}
