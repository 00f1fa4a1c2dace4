using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Forms;

/// <summary>
/// What was done, for the page that comes after it: shown there once. It travels in an encrypted cookie of a few minutes and holds dates
/// and numbers, never anything about a person.
/// </summary>
public static class SuccessMessage
{
    private const string Cookie = "mappaflows-done";
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    /// <param name="message">A sentence or two; null where the next page says it by itself.</param>
    public static void Leave(HttpContext context, string? message)
    {
        if (message is not null) context.Response.Cookies.Append(Cookie, Protector(context).Protect(message, Lasts), Options(context));
    }

    /// <summary>The message, which is then gone; null for none.</summary>
    public static string? Take(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } message) return null;
        context.Response.Cookies.Delete(Cookie, Options(context));
        try
        {
            return Protector(context).Unprotect(message);
        }
        catch (CryptographicException)
        {
            // Too old, or none of ours.
            return null;
        }
    }

    private static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, IsEssential = true, Path = Routes.Home, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps };

    private static ITimeLimitedDataProtector Protector(HttpContext context) => context.RequestServices
        .GetRequiredService<IDataProtectionProvider>().CreateProtector("MappaFlows.Success").ToTimeLimitedDataProtector();
}
