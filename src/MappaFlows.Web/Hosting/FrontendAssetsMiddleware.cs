using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace MappaFlows.Web.Hosting;

/// <summary>
/// Serves <see cref="FrontendAssets"/>. A name stands for one content for ever, so a browser never asks twice;
/// on the Azure host each request that does not happen is an execution saved.
/// </summary>
internal sealed class FrontendAssetsMiddleware(RequestDelegate next, FrontendAssets assets)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(FrontendAssets.Folder, out var rest))
            return next(context);

        var response = context.Response;
        if (assets.Find(rest.Value?.TrimStart('/') ?? "") is not { } asset)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }

        return SendAsync(context, asset, rest.Value!);
    }

    private static Task SendAsync(HttpContext context, FrontendAssets.Asset asset, string name)
    {
        var request = new RequestHeaders(context.Request.Headers);
        var compress = request.AcceptEncoding.Any(coding => coding.Value == "gzip" && coding.Quality is not 0);
        var etag = new EntityTagHeaderValue($"\"{name.TrimStart('/')}{(compress ? "-gzip" : "")}\"");

        var response = context.Response;
        response.Headers.CacheControl = "public,max-age=31536000,immutable";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.ETag = etag.ToString();

        if (request.IfNoneMatch.Any(seen => seen.Equals(EntityTagHeaderValue.Any) || seen.Compare(etag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var content = compress ? asset.Compressed : asset.Content;
        if (compress)
            response.Headers.ContentEncoding = "gzip";
        response.ContentType = asset.ContentType;
        response.ContentLength = content.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(content).AsTask();
    }
}
