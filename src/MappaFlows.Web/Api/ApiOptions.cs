namespace MappaFlows.Web.Api;

/// <summary>Limits of the JSON API and of pages, from the section <c>MappaFlows:Api</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>Where it stands.</summary>
    public const string Section = "MappaFlows:Api";

    /// <summary>The longest body, in bytes. A referral with every field full is below 200 KiB.</summary>
    public int MaxBodyBytes { get; set; } = 256 * 1024;

    /// <summary>How many requests one person may make in a minute.</summary>
    public int RequestsPerMinute { get; set; } = 1_200;

    /// <summary>
    /// How many proxies stand before the site, each of which adds to <c>X-Forwarded-For</c> whom it heard from. So many entries from the end
    /// are believed, and no more: what stands before them, anyone can write. 0 believes none.
    /// </summary>
    public int TrustedProxies { get; set; }

    /// <summary>How many pages one person, or one address without a sign-in, may ask for in a minute.</summary>
    public int PageRequestsPerMinute { get; set; } = 1_200;
}
