namespace MappaFlows.Workflows.Email;

/// <summary>Makes the link of an email that asks for a decision.</summary>
public interface IApprovalLinks
{
    /// <returns>The token of the link; null when the request is over and no one has to be asked.</returns>
    Task<string?> IssueAsync(EmailRequest request, CancellationToken cancellationToken);
}
