namespace MappaFlows.Workflows.Email;

/// <summary>Where an email leads, below the product's address.</summary>
internal static class EmailLinks
{
    /// <param name="token">The token of the link to a decision; null where the email asks for none.</param>
    public static string PathOf(EmailTemplate template, EmailRequest request, string? token) => template.LeadsTo switch
    {
        _ when token is not null => $"/decide/{request.Reference}/{request.Number}?link={token}",
        EmailPage.Answer => $"/cases/{request.Reference}/answer",
        EmailPage.Screening => $"/cases/{request.Reference}/screening",
        EmailPage.Disclosure => $"/cases/{request.Reference}/disclosures/{request.Number}",
        _ => $"/cases/{request.Reference}",
    };
}
