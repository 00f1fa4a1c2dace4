using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases;

/// <summary>
/// The case: who and what now, what it waits for, what comes next and when, and everything that happened. A reader with only a part in it
/// sees that part, and who to contact about the rest.
/// </summary>
public sealed class IndexModel(
    CaseCommands commands,
    CaseHistory record,
    IPeopleDirectory people,
    CaseWeb features,
    TimeProvider time) : CasePageModel(commands)
{
    /// <summary>Events on a page of the timeline.</summary>
    public const int EventsPerPage = 20;

    private IReadOnlyDictionary<string, string> _names = new Dictionary<string, string>();
    private long _length;

    /// <summary>The timeline shows what happened before this event; null for the newest.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    /// <summary>Whether to verify the whole record; only for those who read all of it.</summary>
    [BindProperty(SupportsGet = true)]
    public bool CheckRecord { get; set; }

    public DateTimeOffset Now { get; private set; }

    public IReadOnlyList<TimelineEntry> Events { get; private set; } = [];

    public IReadOnlyList<CaseAction> Actions { get; private set; } = [];

    /// <summary>
    /// The first event that is not as it was recorded; null where the record is whole. Meaningful only with <see cref="CheckRecord"/>.
    /// </summary>
    public long? BrokenAt { get; private set; }

    /// <summary>Who to contact about what is not shown here.</summary>
    public IReadOnlyList<Person> Coordinators { get; private set; } = [];

    /// <summary>What was not done when the case closed.</summary>
    public IReadOnlyList<string> Undone => [.. (Case.Exit?.Undone ?? []).Select(undone => features.Title(undone.Kind, undone.Number))];

    /// <summary>The closing of the case that is near, where not everything is done yet; null where it is far, or nothing is left.</summary>
    public Obligation? ClosesSoon =>
        View.IsWhole && Timetable.Find(ExitObligations.CloseCase) is { } closing && closing.RemindAt <= Now ? closing : null;

    /// <summary>What people owe the case.</summary>
    public IEnumerable<Obligation> Owed => Timetable.Obligations.Where(obligation => obligation.Owner != ObligationOwner.Clock);

    /// <summary>What the clock will do.</summary>
    public IEnumerable<Obligation> ByClock => Timetable.Obligations.Where(obligation => obligation.Owner == ObligationOwner.Clock);

    public string? OlderPath => Events is [.., { Sequence: > 1 } oldest] ? TimelinePath(oldest.Sequence) : null;

    public string? NewerPath =>
        Events is [var newest, ..] && newest.Sequence < _length ? TimelinePath(newest.Sequence + EventsPerPage + 1) : null;

    public async Task OnGetAsync()
    {
        Now = time.GetUtcNow();
        var everyone = await people.AllAsync(HttpContext.RequestAborted);
        _names = everyone.ToDictionary(person => person.Id, person => person.Name);
        Coordinators = [.. everyone.Where(person => person.Is(Role.Coordinator, Case.AreaCode))];
        Actions = features.ActionsFor(View, Now);
        CheckRecord &= View.IsWhole;
        if (CheckRecord) BrokenAt = await record.VerifyAsync(View, HttpContext.RequestAborted);

        var page = await record.NewestAsync(View, Before, EventsPerPage, HttpContext.RequestAborted);
        _length = page.Length;
        Events = [.. page.Events.Select(recorded => TimelineEntry.Of(recorded, features, Name))];
    }

    /// <summary>What pages call it.</summary>
    public string Title(Obligation obligation) => features.Title(obligation);

    /// <summary>The views of the features that belong in this place.</summary>
    public IEnumerable<string> Sections(CaseSectionPlace place) => features.Sections(place, View);

    /// <summary>The name of a person; the id where they are no longer in the directory.</summary>
    public string Name(string personId) => _names.GetValueOrDefault(personId, personId);

    /// <summary>Who owes an obligation.</summary>
    public string Owner(Obligation obligation) => obligation.Owner switch
    {
        { PersonId: { } id, DeputyId: { } deputy } => $"{YouOr(id)} or {(deputy == Me.Id ? "you" : Name(deputy))}, as deputy",
        { PersonId: { } id } => YouOr(id),
        { Role: Role.LeadAgencyManager } => $"Managers of the lead agency ({PeopleLabels.Agency(Case.LeadAgencyId)})",
        { Role: { } role } => role.Holders(),
        _ => "Happens by itself",
    };

    private string YouOr(string personId) => personId == Me.Id ? "You" : Name(personId);

    private string TimelinePath(long before) =>
        Routes.CaseTimeline(Case.Reference, before > _length ? null : before);
}
