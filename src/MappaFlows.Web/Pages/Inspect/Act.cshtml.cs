using System.ComponentModel.DataAnnotations;
using MappaFlows.Core.Cases;
using MappaFlows.Web.Shell;
using MappaFlows.Workflows.Auditing;
using MappaFlows.Workflows.Inspecting;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Inspect;

/// <summary>Asks whether an act is meant, and why; does it; and leads back to where it began.</summary>
public sealed class ActModel(InspectDesk desk, AuditLog audit) : InspectPageModel(audit)
{
    [BindProperty(SupportsGet = true, Name = "target")]
    public string Target { get; set; } = "";

    [BindProperty]
    [Display(Name = "Why?")]
    public string? Reason { get; set; }

    /// <summary>Names this one sending of the form: the same form sent twice is one act.</summary>
    [BindProperty]
    public string Key { get; set; } = Guid.NewGuid().ToString("N");

    public AdminAct Act { get; private set; }

    /// <summary>Why it cannot be done as things stand; null where it can.</summary>
    public string? Obstacle { get; private set; }

    public string BackPath => InspectPaths.Of(Act, Target);

    /// <summary>What an act is done to, for people. The engine's own keys of what it parked are as good a name as there is.</summary>
    public static string Describe(AdminAct act, string target) => act switch
    {
        AdminAct.PurgeOld when InspectDesk.DayOf(target) is { } day => $"Ended before {UkTime.Date(day)}",
        AdminAct.CheckAnchors => target == AuditChecks.All ? "All anchors" : $"Anchor {target}",
        _ => target,
    };

    public async Task<IActionResult> OnGetAsync(string act)
    {
        if (!TryRead(act)) return NotFound();
        return await desk.FindObstacleAsync(Act, Target, HttpContext.RequestAborted) is { } obstacle ? Refuse(obstacle) : Page();
    }

    public async Task<IActionResult> OnPostAsync(string act)
    {
        if (!TryRead(act)) return NotFound();
        return await desk.DoAsync(Me, new(Act, Target, Reason), Key, HttpContext.RequestAborted) switch
        {
            ActResult.Tried tried => new SeeOther(InspectPaths.After(tried.Entry)),
            ActResult.Refused refused => Refuse(refused),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is not known to the page."),
        };
    }

    private bool TryRead(string act)
    {
        if (!Enum.TryParse<AdminAct>(act, ignoreCase: true, out var read) || !Enum.IsDefined(read)) return false;
        Act = read;
        return Target.Length > 0;
    }

    private IActionResult Refuse(ActResult.Refused refused)
    {
        foreach (var problem in refused.Problems)
        {
            ModelState.AddModelError(problem.Field, problem.Message);
            if (problem.Field.Length == 0) Obstacle = problem.Message;
        }

        Response.StatusCode = RefusalStatus.Of(refused.Kind);
        return Page();
    }
}
