namespace MappaFlows.Workflows.Storage;

/// <summary>The tables of the product, besides the engine's own.</summary>
public static class TableNames
{
    /// <summary>A partition for each case: its state, events, outbox and receipts.</summary>
    public const string Cases = "Cases";

    /// <summary>A partition for each area: its cases by what is due, by their next step, and those that changed.</summary>
    public const string Caseload = "Caseload";

    /// <summary>Streams whose outbox may not be empty.</summary>
    public const string OutboxIndex = "OutboxIndex";

    /// <summary>A partition for each person: referrals begun and sent.</summary>
    public const string Referrals = "Referrals";

    /// <summary>Who works here, and the mailboxes of agencies.</summary>
    public const string People = "People";

    /// <summary>Each email once, the queue, undelivered emails and the rate limit.</summary>
    public const string Emails = "Emails";

    /// <summary>One partition, the administrators' log: its state, events and receipts.</summary>
    public const string Administration = "Administration";

    /// <summary>The audit checkpoints, and how they were last verified.</summary>
    public const string Checkpoints = "Checkpoints";

    /// <summary>A partition for each person: what they typed into forms and have not recorded; and one of the days when.</summary>
    public const string TypedForms = "TypedForms";
}
