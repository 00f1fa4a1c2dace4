namespace MappaFlows.Functions.Email;

/// <summary>The <c>Email</c> section of the settings.</summary>
public sealed class EmailOptions
{
    public const string Section = "Email";

    /// <summary>The Communication Services endpoint. Signing in to it is the managed identity's.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The address that email comes from; it must be a sender of a linked domain.</summary>
    public string Sender { get; set; } = "";

    /// <summary>The most emails in any minute. What the service allows a new domain; raise it when your quota was raised.</summary>
    public int PerMinute { get; set; } = 30;

    /// <summary>The most emails in any hour, as <see cref="PerMinute"/>.</summary>
    public int PerHour { get; set; } = 100;
}
