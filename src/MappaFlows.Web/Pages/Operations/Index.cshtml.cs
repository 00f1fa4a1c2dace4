using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.DurableTask.Client;

namespace MappaFlows.Web.Pages.Operations;

/// <summary>Every orchestration: what it is, how it stands and what it waits for.</summary>
public sealed class IndexModel(EngineView engine, AdminLog audit, PageTokens tokens, TimeProvider time) : OperationsPageModel(audit)
{
    public const int InstancesPerPage = 25;

    [BindProperty(SupportsGet = true, Name = "name")]
    [Display(Name = "Name")]
    public string? Name { get; set; }

    /// <summary>A case reference as people type it, or the beginning of an id.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    [Display(Name = "Case reference or id")]
    public string? Id { get; set; }

    [BindProperty(SupportsGet = true, Name = "state")]
    [Display(Name = "State")]
    public OrchestrationRuntimeStatus? State { get; set; }

    [BindProperty(SupportsGet = true, Name = "from")]
    [Display(Name = "Created from")]
    public DateInput? From { get; set; }

    [BindProperty(SupportsGet = true, Name = "to")]
    [Display(Name = "Created to")]
    public DateInput? To { get; set; }

    /// <summary>The trail to the page, protected; null for the first.</summary>
    [BindProperty(SupportsGet = true, Name = "after")]
    public string? After { get; set; }

    public DateTimeOffset Now { get; private set; }

    public InstancePage Found { get; private set; } = new([], null);

    /// <summary>How many are out of service.</summary>
    public int Quarantined { get; private set; }

    /// <summary>The orchestrations whose code holds its thread now.</summary>
    public IReadOnlyList<BlockedOrchestration> Blocked => engine.Blocked;

    public bool SeesInside => engine.SeesInside;

    public bool IsFiltered =>
        !string.IsNullOrWhiteSpace(Name) || !string.IsNullOrWhiteSpace(Id) || State is not null || From is not null || To is not null;

    public string? NextPath => Found.ContinuationToken is { } next ? Path(Trail.To(next)) : null;

    public string? PreviousPath => Trail.HasPrevious ? Path(Trail.Previous) : null;

    public string? FirstPath => After is null ? null : Path(null);

    public async Task<IActionResult> OnGetAsync()
    {
        Now = time.GetUtcNow();
        if (ModelState.IsValid && From?.Value > To?.Value) ModelState.AddModelError("to", "Created to must be the same day as created from, or later");
        if (!ModelState.IsValid)
        {
            // A list that quietly leaves a filter out would be taken for what was asked for.
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        Quarantined = (await engine.QuarantinedAsync(HttpContext.RequestAborted)).Count;
        Found = await engine.ListAsync(
            new()
            {
                NamePrefix = string.IsNullOrWhiteSpace(Name) ? null : Name.Trim(),
                InstanceIdPrefix = IdPrefix(),
                Statuses = State is { } state ? [state] : null,
                CreatedFrom = From?.Value is { } from ? LondonTime.StartOf(from) : null,
                CreatedTo = To?.Value is { } to ? LondonTime.EndOf(to).AddTicks(-1) : null,
                PageSize = InstancesPerPage,
                ContinuationToken = Trail.Token,
            },
            HttpContext.RequestAborted);
        return Page();
    }

    private PageTrail Trail => field ??= PageTrail.Open(tokens, After);

    private string? IdPrefix() =>
        string.IsNullOrWhiteSpace(Id) ? null : CaseReference.TryParse(Id, out var reference) ? reference.ToString() : Id.Trim();

    private string Path(string? after)
    {
        var query = new QueryBuilder();
        if (!string.IsNullOrWhiteSpace(Name)) query.Add("name", Name);
        if (!string.IsNullOrWhiteSpace(Id)) query.Add("id", Id);
        if (State is { } state) query.Add("state", state.ToString());
        Add("from", From?.Value);
        Add("to", To?.Value);
        if (after is not null) query.Add("after", after);
        return Routes.Operations + query;

        void Add(string name, DateOnly? day)
        {
            if (day is not { } given) return;
            query.Add($"{name}.Day", given.Day.ToString(CultureInfo.InvariantCulture));
            query.Add($"{name}.Month", given.Month.ToString(CultureInfo.InvariantCulture));
            query.Add($"{name}.Year", given.Year.ToString("0000", CultureInfo.InvariantCulture));
        }
    }
}
