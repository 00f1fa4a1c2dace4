using MappaFlows.Workflows.Inspecting;
using MappaFlows.Workflows.Notifications;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Inspect;

/// <summary>Emails that could not be sent or did not arrive, and why.</summary>
public sealed class LettersModel(PostOffice postOffice, AuditLog audit, PageTokens tokens) : InspectPageModel(audit)
{
    public const int LettersPerPage = 25;

    /// <summary>Where the page begins, sealed; null for the first.</summary>
    [BindProperty(SupportsGet = true, Name = "after")]
    public string? After { get; set; }

    public IReadOnlyList<DeadLetter> Letters { get; private set; } = [];

    public string? NextPath { get; private set; }

    public async Task OnGetAsync()
    {
        var found = await postOffice.DeadLettersAsync(LettersPerPage + 1, tokens.Open(After), HttpContext.RequestAborted);
        Letters = [.. found.Take(LettersPerPage)];
        if (found.Count > LettersPerPage) NextPath = $"{InspectPaths.Letters}?after={tokens.Seal(Letters[^1].Notification.Id)}";
    }
}
