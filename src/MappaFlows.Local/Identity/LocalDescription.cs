using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MappaFlows.Local.Identity;

/// <summary>Says in the API's description how a program names its person here.</summary>
internal static class LocalDescription
{
    private const string Scheme = "localPerson";

    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Components ??= new();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = LocalSignIn.PersonHeader,
            Description = "The id of a person, from /dev/people. In Development on this machine only.",
        };
        document.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    });
}
