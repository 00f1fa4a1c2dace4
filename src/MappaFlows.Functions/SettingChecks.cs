using System.Globalization;
using System.Net.Mail;
using MappaFlows.Workflows.Email;
using Microsoft.Extensions.Configuration;

namespace MappaFlows.Functions;

/// <summary>
/// Whether the settings can be what they say. A wrong one ends the start with one sentence; the first person who needs it would else get a
/// fault. That one is missing is said by what needs it.
/// </summary>
internal static class SettingChecks
{
    /// <exception cref="InvalidOperationException">A setting cannot be.</exception>
    public static void Run(IConfiguration configuration)
    {
        Check(configuration, "Site:PublicUrl", IsSite, "an http or https address without path, such as https://mappaflows.example");
        Check(configuration, "Email:Endpoint", IsHttps, "the https address of the Communication Services resource");
        Check(configuration, "Email:Sender", IsEmail, "the address that emails come from, such as do-not-reply@mail.example");
        Check(configuration, "Email:PerMinute", IsLimit, LimitWords);
        Check(configuration, "Email:PerHour", IsLimit, LimitWords);
        Check(configuration, "Store", IsStore, "an https table endpoint or a connection string");
        Check(configuration, "Audit:Store", IsStore, "an https blob endpoint or a connection string");
        if (!string.IsNullOrEmpty(configuration["Email:Endpoint"]) && string.IsNullOrEmpty(configuration["Email:Sender"]))
            throw new InvalidOperationException("The setting Email:Sender is missing: the address that emails come from.");
    }

    private static string LimitWords => string.Create(CultureInfo.InvariantCulture, $"a whole number from 1 to {EmailRateLimits.MaxPerHour}");

    /// <summary>The value may be a secret, so it is not repeated.</summary>
    private static void Check(IConfiguration configuration, string key, Func<string, bool> can, string what)
    {
        if (configuration[key] is { Length: > 0 } value && !can(value))
            throw new InvalidOperationException($"The setting {key} is wrong: it must be {what}.");
    }

    private static bool IsSite(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.PathAndQuery == "/";

    private static bool IsHttps(string value) => Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme == "https";

    private static bool IsEmail(string value) => MailAddress.TryCreate(value, out var address) && address.Address == value;

    private static bool IsLimit(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
        && limit is >= 1 and <= EmailRateLimits.MaxPerHour;

    private static bool IsStore(string value) => IsHttps(value) || value.Contains('=', StringComparison.Ordinal);
}
