using MappaFlows.Web.Shell;
using MappaFlows.Workflows.Inspecting;
using MappaFlows.Workflows.Notifications;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Inspect;

/// <summary>Emails that wait, since when, why and until when; and how much the email service takes.</summary>
public sealed class WaitingModel(PostOffice postOffice, MailPace pace, AuditLog audit, PageTokens tokens, TimeProvider time) : InspectPageModel(audit)
{
    public const int LettersPerPage = 25;

    private Turn _urgent;
    private Turn _ordinary;

    /// <summary>Where the page begins, sealed; null for the first.</summary>
    [BindProperty(SupportsGet = true, Name = "after")]
    public string? After { get; set; }

    public DateTimeOffset Now { get; private set; }

    public IReadOnlyList<WaitingLetter> Letters { get; private set; } = [];

    public string? NextPath { get; private set; }

    public PaceState Pace { get; private set; } = PaceState.Fresh;

    public MailLimits Limits => pace.Limits;

    public async Task OnGetAsync()
    {
        Now = time.GetUtcNow();
        Pace = await pace.LookAsync(HttpContext.RequestAborted);
        _urgent = Pace.Ask(Limits, isUrgent: true, Now);
        _ordinary = Pace.Ask(Limits, isUrgent: false, Now);
        var found = await postOffice.WaitingAsync(LettersPerPage + 1, tokens.Open(After), HttpContext.RequestAborted);
        Letters = [.. found.Take(LettersPerPage)];
        if (found.Count > LettersPerPage) NextPath = $"{InspectPaths.Waiting}?after={tokens.Seal(Letters[^1].Place)}";
    }

    /// <summary>When a letter may go, for people.</summary>
    public string From(WaitingLetter letter)
    {
        var turn = letter.IsUrgent ? _urgent.Until : _ordinary.Until;
        var from = turn > letter.From ? turn.Value : letter.From;
        return from > Now ? UkTime.DateAndTime(from) : "In its turn, from now";
    }

    /// <summary>How full a window is, for people.</summary>
    public static string Fullness(int taken, int? limit) => limit is { } most ? $"{taken:N0} of {most:N0}" : "No limit here";
}
