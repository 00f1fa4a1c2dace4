using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MappaFlows.Web.Pages.Cases.Escalations;

/// <summary>One thing that was passed on: remind those who owe it, say what was done about it, or do it.</summary>
public sealed class PassedOnModel(CaseCommands commands, IPeopleDirectory people, CaseWeb features, TimeProvider time)
    : CaseCommandPage(commands)
{
    private AreaDirectory _people = AreaDirectory.None;

    [BindProperty]
    public NoteForm Input { get; set; } = new();

    [FromRoute]
    public string What { get; set; } = "";

    /// <summary>What was passed on; null where it is done.</summary>
    public Obligation? Obligation => Timetable.Obligations.FirstOrDefault(
        found => found.IsEscalated && EscalationWeb.Slug(found.Kind, found.Number) == What);

    public DateTimeOffset Now => time.GetUtcNow();

    public IReadOnlyList<EscalationAct> Acts => Obligation is { } obligation ? [.. Case.ActsOn(obligation)] : [];

    public string Title => Obligation is { } obligation ? features.Title(obligation) : "Nothing more to do";

    public string Owner => Obligation?.Owner switch
    {
        { PersonId: { } id } => _people.Name(id),
        { Role: { } role } => role.Holders(),
        _ => "No one",
    };

    /// <summary>Where the person does it in place of those who owe it, if they have the right; null where they do not.</summary>
    public CaseAction? Instead => Obligation is { } obligation
        ? features.ActionsFor(View, Now).FirstOrDefault(
            action => action.Path == features.Route(obligation.Kind, obligation.Number, Case.Reference))
        : null;

    public bool WasRemindedToday => Obligation is { } obligation && Case.WasOwnerReminded(obligation, LondonTime.Today(Now));

    protected override CaseCommand Kind => new RemindOwner(KindOf(What));

    public override string? BlockedReason => Obligation is null ? "This is done, or was never passed on." : null;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) =>
        await base.OnPageHandlerExecutionAsync(context, async () =>
        {
            _people = new(await people.AllAsync(HttpContext.RequestAborted));
            return await next();
        });

    public string Name(string id) => _people.Name(id);

    public void OnGet()
    {
    }

    public Task<IActionResult> OnPostRemindAsync() => ExecuteAsync(new RemindOwner(KindOf(What), Obligation?.Number), PagePath);

    public Task<IActionResult> OnPostAsync() => ExecuteAsync(new NoteEscalation(KindOf(What), Obligation?.Number, Input.Note), PagePath);

    public string PagePath => Routes.PassedOn(Case.Reference, What);

    private static ObligationKind KindOf(string what) => new(what.Split('-')[0]);
}

/// <summary>What the form asks.</summary>
public sealed class NoteForm
{
    public string? Note { get; set; }
}
