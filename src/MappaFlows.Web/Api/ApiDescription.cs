using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace MappaFlows.Web.Api;

/// <summary>What <c>/openapi/v1.json</c> says beyond what the endpoints say of themselves.</summary>
internal static class ApiDescription
{
    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "MappaFlows",
                Version = "v1",
                Description = "Cases under Multi-Agency Public Protection Arrangements, from the referral to the exit. Errors are problem details (RFC 9457) whose errors name each field.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, _, _) =>
        {
            var parameters = operation.Parameters?.OfType<OpenApiParameter>() ?? [];
            foreach (var header in parameters.Where(parameter => parameter.Name == IfMatch.Header))
                header.Description = "The ETag of the case as you know it: the command is done only if no one has changed the case since.";
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, cancellationToken) =>
        {
            Simplify(schema, context.JsonTypeInfo);
            if (context.JsonTypeInfo.Type == typeof(CaseDocument)) return AddPartsAsync(schema, context, cancellationToken);

            // Written by a converter, which says nothing of its shape.
            if (context.JsonTypeInfo.Type != typeof(CaseReference)) return Task.CompletedTask;
            schema.Type = JsonSchemaType.String;
            schema.Pattern = "^MF-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$";
            schema.Description = "A case’s reference, such as MF-7K3QF-92XBT.";
            return Task.CompletedTask;
        });
    }

    /// <summary>
    /// Nothing is written for null, so what may be null may be absent; and an enum has one schema wherever it stands, with no null in it.
    /// </summary>
    private static void Simplify(OpenApiSchema schema, JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.IsGetNullable)) schema.Required?.Remove(property.Name);
        if (schema.Required is { Count: 0 }) schema.Required = null;
        var plain = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (!plain.IsEnum && plain != typeof(ObligationKind)) return;
        schema.Type = JsonSchemaType.String;
        if (plain.IsEnum) schema.Enum = [.. Enum.GetNames(plain).Select(name => JsonValue.Create(name))];
    }

    /// <summary>Parts are extension data to the serializer; for a caller they are properties like the others.</summary>
    private static async Task AddPartsAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken)
    {
        schema.AdditionalProperties = null;
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        foreach (var part in context.ApplicationServices.GetRequiredService<CaseDocuments>().Parts)
            schema.Properties[part.Name] = await context.GetOrCreateSchemaAsync(part.Type, parameterDescription: null, cancellationToken);
    }
}
