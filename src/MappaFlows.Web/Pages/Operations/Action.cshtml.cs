using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Operations;

/// <summary>Asks whether an act is meant, and why; does it; and leads back to where it began.</summary>
public sealed class ActionModel(AdminActions actions, AdminLog audit) : OperationsPageModel(audit)
{
    [BindProperty(SupportsGet = true, Name = "target")]
    public string Target { get; set; } = "";

    [BindProperty]
    [Display(Name = "Why?")]
    public string? Reason { get; set; }

    /// <summary>Names this one sending of the form: the same form sent twice is one act.</summary>
    [BindProperty]
    public string Key { get; set; } = Guid.NewGuid().ToString("N");

    public AdminAction Action { get; private set; }

    /// <summary>Why it cannot be done as things stand; null where it can.</summary>
    public string? Obstacle { get; private set; }

    public string BackPath => ActionRoutes.Of(Action, Target);

    /// <summary>What an action is done to, for people. For what is quarantined, the engine's own key is the best name there is.</summary>
    public static string Describe(AdminAction action, string target) => action switch
    {
        AdminAction.PurgeOld when AdminActions.DayOf(target) is { } day => $"Ended before {UkTime.Date(day)}",
        AdminAction.VerifyCheckpoints => target == Verifications.All ? "All checkpoints" : $"Checkpoint {target}",
        _ => target,
    };

    public async Task<IActionResult> OnGetAsync(string action)
    {
        if (!TryRead(action)) return NotFound();
        return await actions.FindObstacleAsync(Action, Target, HttpContext.RequestAborted) is { } obstacle ? Refuse(obstacle) : Page();
    }

    public async Task<IActionResult> OnPostAsync(string action)
    {
        if (!TryRead(action)) return NotFound();
        return await actions.DoAsync(Me, new(Action, Target, Reason), Key, HttpContext.RequestAborted) switch
        {
            AdminActionResult.Attempted tried => new SeeOther(ActionRoutes.After(tried.Entry)),
            AdminActionResult.Refused refused => Refuse(refused),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is not known to the page."),
        };
    }

    private bool TryRead(string action)
    {
        if (!Enum.TryParse<AdminAction>(action, ignoreCase: true, out var read) || !Enum.IsDefined(read)) return false;
        Action = read;
        return Target.Length > 0;
    }

    private IActionResult Refuse(AdminActionResult.Refused refused)
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
