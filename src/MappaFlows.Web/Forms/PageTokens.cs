using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace MappaFlows.Web.Forms;

/// <summary>
/// Carries a store's continuation token in an address. Protected, because a store trusts the token it is given: a forged one is rejected.
/// </summary>
public sealed class PageTokens(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("MappaFlows.Operations.PageTokens");

    public string? Seal(string? token) => token is null ? null : _protector.Protect(token);

    /// <summary>The token, or null where there is none or it is not one of ours.</summary>
    public string? Open(string? sealedToken)
    {
        if (string.IsNullOrEmpty(sealedToken)) return null;
        try
        {
            return _protector.Unprotect(sealedToken);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
