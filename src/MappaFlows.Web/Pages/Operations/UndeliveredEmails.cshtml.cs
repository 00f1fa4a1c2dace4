using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Operations;

/// <summary>Emails that could not be sent or did not arrive, and why.</summary>
public sealed class UndeliveredEmailsModel(UndeliveredEmails undelivered, AdminLog audit, PageTokens tokens) : OperationsPageModel(audit)
{
    public const int EmailsPerPage = 25;

    /// <summary>Where the page begins, protected; null for the first.</summary>
    [BindProperty(SupportsGet = true, Name = "after")]
    public string? After { get; set; }

    public IReadOnlyList<UndeliveredEmail> Emails { get; private set; } = [];

    public string? NextPath { get; private set; }

    public async Task OnGetAsync()
    {
        var found = await undelivered.PageAsync(EmailsPerPage + 1, tokens.Open(After), HttpContext.RequestAborted);
        Emails = [.. found.Take(EmailsPerPage)];
        if (found.Count > EmailsPerPage) NextPath = $"{Routes.UndeliveredEmails}?after={tokens.Seal(Emails[^1].EmailRequest.Id)}";
    }
}
