using System.Text;
using MappaFlows.Web.Tests.Cases;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Identity;

/// <summary>
/// Every route of the product, as the running product lists them, times people of each role in the area, of another area, and nobody. A new
/// route cannot escape: it belongs to a case, to operations or to the open ones, or it is named here.
/// </summary>
public sealed class AccessMatrixTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    /// <summary>What anyone may open without a sign-in.</summary>
    private static readonly string[] Open = ["/alive", "/health", "/error", "/sign-in", "/sign-out", "/dev", "/openapi", "/assets"];

    /// <summary>What everyone sees who has signed in: it shows them their own.</summary>
    private static readonly string[] Own = ["/", "/caseload", "/area", "/referrals", "/decide", "/api/v1"];

    private static readonly string[] People =
        ["riley-referrer", "casey-coordinator", "charlie-chair", "devon-deputy", "morgan-manager", "parker-police", "alex-admin", "lee-lay", "dana-dorset", "drew-dorset"];

    /// <summary>Who has no part in a case of Hampshire that probation leads and someone else referred.</summary>
    private static readonly string[] Strangers = ["parker-police", "alex-admin", "lee-lay", "dana-dorset", "drew-dorset"];

    [Fact]
    public async Task Each_route_is_open_to_those_who_may_and_to_no_one_else()
    {
        var reference = await product.AcceptAsync();
        var pages = Routes().Where(route => !route.StartsWith("/api", StringComparison.Ordinal)).ToList();
        var wrong = new StringBuilder();
        using var nobody = product.NewBrowser();
        foreach (var route in pages.Where(route => !IsBelow(route, Open)))
        {
            if (!IsOfCase(route) && !IsOfOperations(route) && !IsBelow(route, Own)) wrong.AppendLine($"{route} belongs to no group of this test.");
            if ((await nobody.OpenAsync(Filled(route, reference))).Status == 200) wrong.AppendLine($"{route} is open to nobody.");
        }

        foreach (var person in People)
        {
            using var browser = await product.SignInAsync(person);
            foreach (var route in pages.Where(route => IsOfCase(route) || IsOfOperations(route)))
            {
                var status = (await browser.OpenAsync(Filled(route, reference))).Status;
                if (IsOfOperations(route) && person != "alex-admin" && status != 403) wrong.AppendLine($"{person} gets {status} of {route}.");
                if (IsOfCase(route) && Strangers.Contains(person) && status is not (403 or 404)) wrong.AppendLine($"{person} gets {status} of {route}.");
                if (status >= 500) wrong.AppendLine($"{person} gets {status} of {route}.");
            }
        }

        Assert.Equal("", wrong.ToString());
        Assert.True(pages.Count(IsOfCase) > 10 && pages.Count(IsOfOperations) > 5, string.Join(' ', pages));
    }

    [Fact]
    public async Task Each_endpoint_of_a_case_does_nothing_for_a_stranger()
    {
        var reference = await product.AcceptAsync();
        var before = await EventsAsync();
        var wrong = new StringBuilder();
        foreach (var person in Strangers.Append(null))
        {
            using var api = product.Api(person);
            foreach (var route in Routes().Where(route => route.StartsWith("/api/v1/cases/{reference}", StringComparison.Ordinal)))
            {
                foreach (var method in MethodsOf(route))
                {
                    using var request = new HttpRequestMessage(new HttpMethod(method), Filled(route, reference));
                    if (method != "GET") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
                    using var answer = await api.SendAsync(request);
                    var status = (int)answer.StatusCode;
                    var isRefused = status is 401 or 403 or 404 || (method != "GET" && status is 400 or 422);
                    if (!isRefused) wrong.AppendLine($"{person ?? "nobody"} gets {status} of {method} {route}.");
                }
            }
        }

        Assert.Equal("", wrong.ToString());
        Assert.Equal(before, await EventsAsync());

        async Task<int> EventsAsync() => (await product.Services.GetRequiredService<StreamStore>()
            .EventsAsync(CaseFeatures.Model.Events, CaseFeatures.Model.Stream(reference))).Count;
    }

    private IEnumerable<RouteEndpoint> Endpoints() =>
        product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private IReadOnlyList<string> Routes() =>
        [.. Endpoints().Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Distinct().Order(StringComparer.Ordinal)];

    private IEnumerable<string> MethodsOf(string route) => Endpoints()
        .Where(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/') == route)
        .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
        .Distinct();

    private static bool IsOfCase(string route) => route.StartsWith("/cases/", StringComparison.OrdinalIgnoreCase);

    private static bool IsOfOperations(string route) => IsBelow(route, ["/operations"]);

    private static bool IsBelow(string route, IEnumerable<string> starts) => starts.Any(start =>
        route.Equals(start, StringComparison.OrdinalIgnoreCase)
        || (start.Length > 1 && route.StartsWith(start + "/", StringComparison.OrdinalIgnoreCase)));

    private static string Filled(string route, CaseReference reference) => System.Text.RegularExpressions.Regex.Replace(
        route,
        @"\{\*{0,2}(\w+)[^}]*\}",
        match => match.Groups[1].Value.Equals("reference", StringComparison.OrdinalIgnoreCase) ? reference.ToString() : "1");
}
