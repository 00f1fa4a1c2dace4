namespace MappaFlows.Workflows.Email;

/// <summary>Knows the addresses that emails lead to.</summary>
public interface IEmailRoutes
{
    /// <summary>Where the email leads, below the product's address.</summary>
    /// <param name="token">The token of the link to a decision; null where the email asks for none.</param>
    string PathOf(EmailTemplate template, EmailRequest request, string? token);
}
