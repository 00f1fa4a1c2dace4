using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Operations;

/// <summary>Emails that wait, since when, why and until when; and how much the email service takes.</summary>
public sealed class QueuedEmailsModel(
    EmailQueue queue,
    EmailRateLimiter rateLimiter,
    AdminLog audit,
    PageTokens tokens,
    TimeProvider time) : OperationsPageModel(audit)
{
    public const int EmailsPerPage = 25;

    private RateLimitAnswer _urgent;
    private RateLimitAnswer _ordinary;

    /// <summary>Where the page begins, protected; null for the first.</summary>
    [BindProperty(SupportsGet = true, Name = "after")]
    public string? After { get; set; }

    public DateTimeOffset Now { get; private set; }

    public IReadOnlyList<QueuedEmail> Emails { get; private set; } = [];

    public string? NextPath { get; private set; }

    public RateLimitWindow Pace { get; private set; } = RateLimitWindow.Fresh;

    public EmailRateLimits Limits => rateLimiter.Limits;

    public async Task OnGetAsync()
    {
        Now = time.GetUtcNow();
        Pace = await rateLimiter.LookAsync(HttpContext.RequestAborted);
        _urgent = Pace.Ask(Limits, isUrgent: true, Now);
        _ordinary = Pace.Ask(Limits, isUrgent: false, Now);
        var found = await queue.PageAsync(EmailsPerPage + 1, tokens.Open(After), HttpContext.RequestAborted);
        Emails = [.. found.Take(EmailsPerPage)];
        if (found.Count > EmailsPerPage) NextPath = $"{Routes.QueuedEmails}?after={tokens.Seal(Emails[^1].Place)}";
    }

    /// <summary>When an email may be sent, for people.</summary>
    public string From(QueuedEmail email)
    {
        var turn = email.IsUrgent ? _urgent.Until : _ordinary.Until;
        var from = turn > email.From ? turn.Value : email.From;
        return from > Now ? UkTime.DateAndTime(from) : "In its turn, from now";
    }

    /// <summary>How full a window is, for people.</summary>
    public static string Fullness(int taken, int? limit) => limit is { } most ? $"{taken:N0} of {most:N0}" : "No limit here";
}
