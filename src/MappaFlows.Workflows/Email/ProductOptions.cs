namespace MappaFlows.Workflows.Email;

/// <summary>What a host sets for the product as a whole.</summary>
public sealed record ProductOptions
{
    /// <summary>Where people reach the product, as it stands in emails; no slash at the end.</summary>
    public string PublicUrl { get; set; } = "http://127.0.0.1:7071";

    /// <summary>The address that emails come from.</summary>
    public string SenderAddress { get; set; } = "do-not-reply@mappaflows.example";
}
