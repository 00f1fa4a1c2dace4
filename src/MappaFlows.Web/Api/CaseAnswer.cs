using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MappaFlows.Web.Api;

/// <summary>
/// A case as one person sees it, as it goes out, and the strong tag (RFC 9110) of exactly this answer. The tag of a whole case begins with
/// its version. The rest tells two answers of one version apart: what is due becomes overdue while no one changes the case.
/// </summary>
internal sealed class CaseAnswer : IResult
{
    private readonly byte[] _json;
    private readonly long? _version;

    public CaseAnswer(CaseDocument document)
    {
        _json = JsonSerializer.SerializeToUtf8Bytes(document, ApiJson.Lenient);
        _version = document.Version;
        var hash = Convert.ToHexStringLower(SHA256.HashData(_json).AsSpan(0, 8));
        Tag = new($"\"{(_version is { } version ? $"{version}-" : "")}{hash}\"");
    }

    public EntityTagHeaderValue Tag { get; }

    /// <summary>Where a new case is; null where none was made.</summary>
    public string? CreatedAt { get; init; }

    /// <summary>Whether the caller knows the case as it is now.</summary>
    /// <remarks>
    /// That something became overdue is no change by anyone, so the version alone decides where the caller sees it. A caller may also send
    /// the version by itself.
    /// </remarks>
    public bool IsMatchedBy(IEnumerable<EntityTagHeaderValue> known) => known.Any(tag => !tag.IsWeak
        && (tag.Equals(EntityTagHeaderValue.Any)
            || tag.Compare(Tag, useStrongComparison: true)
            || (_version is { } version && tag.Tag.Value!.Trim('"').Split('-')[0] == $"{version}")));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ETag = Tag.ToString();
        if (HttpMethods.IsGet(httpContext.Request.Method)
            && httpContext.Request.GetTypedHeaders().IfNoneMatch.Any(
                seen => seen.Equals(EntityTagHeaderValue.Any) || seen.Compare(Tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.StatusCode = CreatedAt is null ? StatusCodes.Status200OK : StatusCodes.Status201Created;
        if (CreatedAt is not null) response.Headers.Location = CreatedAt;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = _json.Length;
        return response.Body.WriteAsync(_json, httpContext.RequestAborted).AsTask();
    }
}
