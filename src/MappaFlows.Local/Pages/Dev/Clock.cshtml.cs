using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using MappaFlows.Web.Pages;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Local.Pages.Dev;

/// <summary>
/// Shows the product's time and moves it forward; a post is answered when everything that came due by then has run. It takes a form or
/// JSON, with <c>advance</c> (an ISO 8601 duration) or <c>to</c> (an instant), from a person or a program.
/// </summary>
[AllowAnonymous]
[DevelopmentOnly]
[IgnoreAntiforgeryToken]
public sealed class ClockModel(MovableClock clock, TimeMachine machine) : PageModel
{
    private const int MostJsonBytes = 4096;

    [Display(Name = "How far?")]
    public string? Advance { get; set; }

    [Display(Name = "To when?")]
    public string? To { get; set; }

    /// <summary>How many timers the move before went through.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Steps { get; set; }

    public DateTimeOffset Now => clock.GetUtcNow();

    public TimeSpan Offset => clock.Offset;

    private bool WantsPage => Request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html");

    public IActionResult OnGet() => WantsPage ? Page() : new JsonResult(new { now = Now, ahead = Offset });

    public async Task<IActionResult> OnPostAsync()
    {
        if (await ReadAsync() is { } unreadable) return Refuse("", unreadable, StatusCodes.Status400BadRequest);
        if (Target(out var field, out var message) is not { } target)
            return Refuse(field, message, StatusCodes.Status422UnprocessableEntity);
        if (!machine.IsReady)
        {
            return Refuse(
                "",
                "Another process on the same data runs the timers: move the clock there.",
                StatusCodes.Status409Conflict);
        }

        var move = await machine.MoveToAsync(target, HttpContext.RequestAborted);
        if (!move.IsWhole)
        {
            return Refuse(
                "",
                $"The clock went through {move.Steps:N0} timers, the most that one move does, and is at {move.Now:O}. Move it again to go on.",
                StatusCodes.Status503ServiceUnavailable);
        }

        return WantsPage
            ? new SeeOther($"/dev/clock?steps={move.Steps.ToString(CultureInfo.InvariantCulture)}")
            : new JsonResult(new { now = move.Now, from = move.From, steps = move.Steps });
    }

    /// <summary>What is wrong with the request as such, or null.</summary>
    private async Task<string?> ReadAsync()
    {
        if (Request.HasFormContentType)
        {
            var form = await Request.ReadFormAsync(HttpContext.RequestAborted);
            Advance = form["advance"].FirstOrDefault(text => text?.Length > 0);
            To = form["to"].FirstOrDefault(text => text?.Length > 0);
            return null;
        }

        if (!Request.HasJsonContentType() || Request.ContentLength > MostJsonBytes) return "Send a form or JSON with 'advance' or 'to'.";
        try
        {
            var body = await Request.ReadFromJsonAsync<Wish>(HttpContext.RequestAborted);
            (Advance, To) = (body?.Advance, body?.To);
            return null;
        }
        catch (JsonException)
        {
            return "Send JSON with 'advance' or 'to', each a text.";
        }
    }

    private DateTimeOffset? Target(out string field, out string message)
    {
        field = To is null ? nameof(Advance) : nameof(To);
        message = "";
        var now = Now;
        DateTimeOffset? target;
        if (Advance is null == To is null)
        {
            message = To is null ? "Select how far, or enter when to" : "Select how far or enter when to, not both";
            return null;
        }

        if (Advance is not null)
        {
            if (IsoDuration.Parse(Advance) is not { } duration)
            {
                message = "How far must be an ISO 8601 duration, such as PT72H, P6M or P10Y";
                return null;
            }

            target = duration.After(now);
        }
        else
        {
            if (!DateTimeOffset.TryParse(To, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
            {
                message = "When to must be an instant, such as 2027-03-01T09:00:00Z";
                return null;
            }

            target = instant;
        }

        if (target is null || target > MovableClock.Latest) message = $"The clock goes no further than {UkTime.Date(MovableClock.Latest)}";
        else if (target < now) message = "The clock cannot be moved back";
        return message.Length == 0 ? target : null;
    }

    private IActionResult Refuse(string field, string message, int status)
    {
        ModelState.AddModelError(field, message);
        Response.StatusCode = status;
        if (WantsPage) return Page();
        var name = field.Length == 0 ? "" : char.ToLowerInvariant(field[0]) + field[1..];
        return new ObjectResult(
            new ValidationProblemDetails(new Dictionary<string, string[]> { [name] = [message] }) { Status = status, Title = message })
        {
            StatusCode = status,
            ContentTypes = { "application/problem+json" },
        };
    }

    private sealed record Wish(string? Advance, string? To);
}
