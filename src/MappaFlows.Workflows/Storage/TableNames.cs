namespace MappaFlows.Workflows.Storage;

/// <summary>The tables of the product, besides the engine's own.</summary>
public static class TableNames
{
    /// <summary>A partition for each case: its head, events, outbox and receipts.</summary>
    public const string Cases = "Cases";

    /// <summary>A partition for each area: its cases by what is due, and by when the clock looks again.</summary>
    public const string Caseload = "Caseload";

    /// <summary>Cases whose outbox may not be empty.</summary>
    public const string OutboxIndex = "OutboxIndex";

    /// <summary>A partition for each person: referrals begun and sent.</summary>
    public const string Referrals = "Referrals";

    /// <summary>Who works here, and the mailboxes of agencies.</summary>
    public const string People = "People";

    /// <summary>A row for each email that was ever to be sent.</summary>
    public const string Emails = "Emails";

    /// <summary>What administrators did to the engine and the post.</summary>
    public const string Administration = "Administration";

    /// <summary>The anchors of the cases' chains, and how they were last checked.</summary>
    public const string Checkpoints = "Checkpoints";
}
