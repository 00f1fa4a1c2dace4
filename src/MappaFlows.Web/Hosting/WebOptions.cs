using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace MappaFlows.Web.Hosting;

/// <summary>What the hosts and the sections of the product set for the shell around every page.</summary>
public sealed class WebOptions
{
    /// <summary>The sections in the navigation below the header, in their order.</summary>
    public IList<NavigationSection> Navigation { get; } = [];

    /// <summary>Where a person who is not signed in is sent to do so.</summary>
    public string SignInPath { get; set; } = Routes.SignIn;

    /// <summary>Where the header's sign-out form posts to.</summary>
    public string SignOutPath { get; set; } = Routes.SignOut;

    /// <summary>
    /// Whether people reach the site over https although the request comes in over http: the platform ends the encryption before us.
    /// </summary>
    public bool IsBehindHttps { get; set; }

    /// <summary>The longest request body that a page takes, in bytes; above it the answer is 413. Default 1 MiB.</summary>
    /// <remarks>
    /// Well below what either host refuses by itself, because there a refusal is a bare 500 (Azure) or a broken connection.
    /// </remarks>
    public long MaxRequestBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// Origins, beside our own, that a form may lead to (CSP <c>form-action</c>): browsers apply it to redirects too, so a
    /// sign-out that ends at an identity provider needs that provider here.
    /// </summary>
    public IList<string> FormTargets { get; } = [];
}

/// <summary>A section of the navigation. It is the current one on <paramref name="Path"/> and every page below.</summary>
/// <param name="Text">What the link says.</param>
/// <param name="Path">The section's first page, with a leading slash.</param>
/// <param name="IsFor">Who sees the link; null for everyone who is signed in. Hiding a link grants and refuses nothing.</param>
public sealed record NavigationSection(string Text, string Path, Func<ClaimsPrincipal, bool>? IsFor = null)
{
    /// <summary>Whether <paramref name="page"/> is the section's first page.</summary>
    internal bool IsAt(PathString page) => page.Equals(new PathString(Path));

    /// <summary>Whether <paramref name="page"/> belongs to the section.</summary>
    internal bool IsCurrent(PathString page) => Path == Routes.Home ? IsAt(page) : page.StartsWithSegments(Path);
}
