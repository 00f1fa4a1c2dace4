using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests;

/// <summary>Compares the addresses that <see cref="Routes"/> makes with those that the product serves.</summary>
public sealed partial class RoutesTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    private const int SampleNumber = 70_707;
    private const string SampleText = "sample-text";
    private static readonly CaseReference SampleReference = CaseReference.For("riley-referrer", "routes");

    /// <summary>What addresses begin with. No page is there.</summary>
    private static readonly string[] Prefixes = [Routes.Api, Routes.ApiV1, Routes.Development, Routes.Assets];

    [Fact]
    public void Every_address_that_Routes_makes_is_served()
    {
        var unserved = Made().Except(Prefixes).Except(Served());
        Assert.Empty(unserved);
    }

    [Fact]
    public void Every_page_has_its_address_in_Routes()
    {
        var pages = Served(typeof(Routes).Assembly.GetName().Name!).ToList();
        Assert.NotEmpty(pages);
        var missing = pages.Except(Made());
        Assert.Empty(missing);
    }

    /// <summary>Each address with <c>{}</c> for whatever varies.</summary>
    private static IEnumerable<string> Made()
    {
        var constants = typeof(Routes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!);
        var methods = typeof(Routes).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).SelectMany(Made);
        return constants.Concat(methods).Select(address => Parameter().Replace(address, "{}")).Distinct();
    }

    private static IEnumerable<string> Made(MethodInfo method) =>
        from slug in method.GetParameters().Any(parameter => parameter.Name == "slug") ? ReferralPart.All.Select(part => part.Slug) : [""]
        let address = (string)method.Invoke(
            null,
            [.. method.GetParameters().Select(parameter => parameter.Name == "slug" ? slug : Sample(parameter))])!
        select address.Split('?', '#')[0]
            .Replace(SampleReference.ToString(), "{}", StringComparison.Ordinal)
            .Replace($"{SampleNumber}", "{}", StringComparison.Ordinal)
            .Replace(SampleText, "{}", StringComparison.Ordinal);

    private static object? Sample(ParameterInfo parameter) => parameter switch
    {
        { HasDefaultValue: true } => parameter.DefaultValue,
        _ when parameter.ParameterType == typeof(CaseReference) => SampleReference,
        _ when parameter.ParameterType == typeof(int) => SampleNumber,
        _ => SampleText,
    };

    /// <param name="assembly">Only the pages of this one; null for every endpoint.</param>
    private IEnumerable<string> Served(string? assembly = null) =>
        from endpoint in product.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        where assembly is null || PageOf(endpoint)?.ModelTypeInfo?.Assembly.GetName().Name == assembly
        select "/" + Parameter().Replace(endpoint.RoutePattern.RawText!.Trim('/'), "{}");

    private static CompiledPageActionDescriptor? PageOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
