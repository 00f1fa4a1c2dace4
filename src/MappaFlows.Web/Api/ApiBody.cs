using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MappaFlows.Web.Api;

/// <summary>What a caller sent, read strictly: either a value, or the problem with it in words that name the field.</summary>
internal readonly record struct ApiBody<T>(T? Value, IResult? Problem)
    where T : class
{
    /// <summary>Reads the request's body.</summary>
    public static async Task<ApiBody<T>> ReadAsync(HttpRequest request, int mostBytes)
    {
        if (!request.HasJsonContentType()) return Refuse(ApiProblem.Of(StatusCodes.Status415UnsupportedMediaType));
        if (request.ContentLength > mostBytes) return Refuse(ApiProblem.Of(StatusCodes.Status413PayloadTooLarge));
        if (await TryReadAsync(request.Body, mostBytes, request.HttpContext.RequestAborted) is not { } bytes)
            return Refuse(ApiProblem.Of(StatusCodes.Status413PayloadTooLarge));

        try
        {
            return Read(bytes);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are no UTF-8, in the name of a field: found by whoever asks for the name.
            return Refuse(ApiProblem.Of(StatusCodes.Status400BadRequest, "The name of a field is no text."));
        }
    }

    private static ApiBody<T> Read(byte[] bytes)
    {
        JsonElement body;
        try
        {
            using var document = JsonDocument.Parse(bytes, new() { MaxDepth = 32, AllowDuplicateProperties = false });
            body = document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            return Refuse(ApiProblem.Malformed(exception.LineNumber + 1));
        }

        if (FindNull(body, "") is { } field) return Refuse(ApiProblem.OfField(StatusCodes.Status400BadRequest, field, "A list must not hold null"));
        return Deserialize(body);
    }

    private static ApiBody<T> Deserialize(JsonElement body)
    {
        try
        {
            return body.Deserialize<T>(ApiJson.Strict) is { } value
                ? new(value, null)
                : Refuse(ApiProblem.OfField(StatusCodes.Status400BadRequest, "", "Send an object"));
        }
        catch (JsonException exception)
        {
            var field = JsonFields.Of(exception.Path);
            return Refuse(IsUnknownProperty(body)
                ? ApiProblem.OfField(StatusCodes.Status422UnprocessableEntity, field, "There is no such field")
                : ApiProblem.OfField(StatusCodes.Status400BadRequest, field, JsonFields.Expected(typeof(T), exception.Path)));
        }
    }

    /// <summary>Whether all would be well but for properties that are not known.</summary>
    private static bool IsUnknownProperty(JsonElement body)
    {
        try
        {
            body.Deserialize<T>(ApiJson.Lenient);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The place of a null in a list: the serializer lets it through, and no rule expects one.</summary>
    private static string? FindNull(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray()
            .Select((item, index) => item.ValueKind == JsonValueKind.Null ? $"{path}[{index}]" : FindNull(item, $"{path}[{index}]"))
            .FirstOrDefault(found => found is not null),
        JsonValueKind.Object => element.EnumerateObject()
            .Select(property => FindNull(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}"))
            .FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static async Task<byte[]?> TryReadAsync(Stream stream, int mostBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[mostBytes + 1];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return read > mostBytes ? null : buffer[..read];
    }

    private static ApiBody<T> Refuse(IResult problem) => new(null, problem);

    /// <summary>Whether there is a value.</summary>
    public bool IsRead([NotNullWhen(true)] out T? value)
    {
        value = Value;
        return value is not null;
    }
}
