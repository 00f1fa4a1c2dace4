using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace MappaFlows.Web.Typing;

/// <summary>Says whose form it is, and which: with it, what was typed is kept for that person although nobody is signed in.</summary>
/// <param name="Form">The <see cref="NameOf"/> the form.</param>
/// <param name="Sheet">The page in which it is open.</param>
/// <param name="Began">The sheet that it was filled in from; null where it began empty.</param>
public sealed record FormTicket(string PersonId, string Form, string Sheet, TypedSheet? Began = null)
{
    /// <summary>In an administrator's act, the query names what it is done to. No other part of a query belongs to a form.</summary>
    private const string Target = "target";

    /// <summary>A ticket for a form that is opened now.</summary>
    public static FormTicket For(string personId, HttpRequest request, TypedSheet? began = null) =>
        new(personId, NameOf(request), Guid.NewGuid().ToString("N"), began);

    /// <summary>Names a form by its address, which is the same in whichever spelling.</summary>
    public static string NameOf(HttpRequest request)
    {
        var address = $"{request.Path.Value?.TrimEnd('/').ToUpperInvariant()}?{request.Query[Target]}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)).AsSpan(0, 16));
    }
}

/// <summary>Writes tickets that only this site can make, and that hold as long as what was typed is kept.</summary>
public sealed class FormTickets(IDataProtectionProvider protection)
{
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("MappaFlows.Forms.Ticket").ToTimeLimitedDataProtector();

    public string Write(FormTicket ticket) => _protector.Protect(JsonSerializer.Serialize(ticket), TypedForms.KeptFor);

    /// <summary>The ticket; null where there is none, or it is too old or none of ours.</summary>
    public FormTicket? Read(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            return JsonSerializer.Deserialize<FormTicket>(_protector.Unprotect(text));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
