using Microsoft.AspNetCore.Authentication;

namespace MappaFlows.Functions.Identity;

/// <summary>Whether the platform signs people in, and which roles there are.</summary>
public sealed class EasyAuthOptions : AuthenticationSchemeOptions
{
    /// <summary>
    /// Whether the platform's authentication stands before this app. Azure says so with <c>WEBSITE_AUTH_ENABLED</c>; without it
    /// anyone could send the header, so it is not read.
    /// </summary>
    public bool PlatformIsOn { get; set; } = IsOn(Environment.GetEnvironmentVariable("WEBSITE_AUTH_ENABLED"));

    /// <summary>The roles' names, in small letters.</summary>
    public IReadOnlySet<string> Roles { get; set; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "referrer",
        "coordinator",
        "chair",
        "deputy-chair",
        "lead-agency-manager",
        "administrator",
        "lay-adviser",
    };

    /// <summary>How the platform writes yes: <c>True</c>.</summary>
    public static bool IsOn(string? value) => bool.TryParse(value, out var on) && on;
}
