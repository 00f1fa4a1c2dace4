namespace MappaFlows.Workflows.Email;

/// <summary>Knows the addresses that emails lead to, and the words that stand there.</summary>
public interface IEmailRoutes
{
    /// <summary>Where the email leads, below the product's address.</summary>
    /// <param name="token">The token of the link to a decision; null where the email asks for none.</param>
    string PathOf(EmailTemplate template, EmailRequest request, string? token);

    /// <summary>What pages call an obligation.</summary>
    /// <param name="number">Which of its kind; null where there is only one.</param>
    string Title(ObligationKind kind, int? number);
}
