namespace MappaFlows.Workflows.Email;

/// <summary>What a host sets for the product as a whole.</summary>
public sealed record ProductOptions
{
    /// <summary>Where people reach the product, as it stands in emails; no slash at the end.</summary>
    public string PublicUrl { get; set; } = "http://127.0.0.1:7071";

    /// <summary>Whether emails that are not urgent wait for working hours. The hosts say so unless a setting says otherwise.</summary>
    public bool EmailsInWorkingHours { get; set; }

    /// <summary>Who emails come from, as mail programs show it.</summary>
    public string SenderName { get; set; } = "MAPPA case updates";

    /// <summary>The address that emails come from.</summary>
    public string SenderAddress { get; set; } = "do-not-reply@mappaflows.example";
}
