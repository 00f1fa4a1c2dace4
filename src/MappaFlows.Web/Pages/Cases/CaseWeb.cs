namespace MappaFlows.Web.Pages.Cases;

/// <summary>
/// What each feature shows of a case: its timeline entries, obligations, actions, sections, endpoints and parts of the API's document.
/// </summary>
/// <remarks>Built once, at the start, from the one list of features.</remarks>
public sealed class CaseWeb : IEmailRoutes
{
    private readonly Dictionary<Type, Func<CaseEvent, TimelineWords, TimelineText>> _timeline = [];
    private readonly Dictionary<ObligationKind, ObligationWords> _obligations = [];
    private readonly List<Func<CaseActions, IEnumerable<(CaseCommand Command, CaseAction Action)>>> _actions = [];
    private readonly List<CaseSection> _sections = [];
    private readonly List<Action<CaseCommandEndpoints>> _endpoints = [];
    private readonly List<CaseDocumentPart> _parts = [];
    private readonly Dictionary<EmailPage, Func<EmailRequest, string?, string>> _emailPages = [];

    public IReadOnlyCollection<Type> Events => _timeline.Keys;

    public IReadOnlyCollection<ObligationKind> Obligations => _obligations.Keys;

    public IReadOnlyList<CaseDocumentPart> Parts => _parts;

    public IReadOnlyCollection<EmailPage> EmailPages => _emailPages.Keys;

    /// <summary>How the timeline shows an event.</summary>
    public CaseWeb Timeline<TEvent>(Func<TEvent, TimelineWords, TimelineText> entry)
        where TEvent : CaseEvent
    {
        _timeline.Add(typeof(TEvent), (happened, words) => entry((TEvent)happened, words));
        return this;
    }

    /// <inheritdoc cref="Timeline{TEvent}(Func{TEvent, TimelineWords, TimelineText})"/>
    public CaseWeb Timeline<TEvent>(Func<TEvent, TimelineText> entry)
        where TEvent : CaseEvent => Timeline<TEvent>((happened, _) => entry(happened));

    /// <summary>How pages name an obligation, and where it is met.</summary>
    public CaseWeb Obligation(ObligationKind kind, ObligationWords words)
    {
        _obligations.Add(kind, words);
        return this;
    }

    /// <summary>What can be done at this stage of the case. Each person is shown the actions that they have the right to.</summary>
    public CaseWeb Actions(Func<CaseActions, IEnumerable<(CaseCommand Command, CaseAction Action)>> possible)
    {
        _actions.Add(possible);
        return this;
    }

    /// <summary>A part of the case page. Parts of one place follow each other in the order of their registration.</summary>
    public CaseWeb Section(CaseSection section)
    {
        _sections.Add(section);
        return this;
    }

    /// <summary>Endpoints of the API, one for each command.</summary>
    public CaseWeb Endpoints(Action<CaseCommandEndpoints> map)
    {
        _endpoints.Add(map);
        return this;
    }

    /// <summary>A property of the API's document of a case.</summary>
    /// <param name="name">The property's name in JSON.</param>
    /// <param name="of">Its value; null where there is none, or none that the reader may see.</param>
    public CaseWeb Document<T>(string name, Func<CaseView, object?> of)
    {
        _parts.Add(new(name, typeof(T), of));
        return this;
    }

    /// <summary>Where a page is that emails lead to.</summary>
    /// <param name="route">Its address, from the email and the token of its link, which only an email that asks for a decision has.</param>
    public CaseWeb EmailPage(EmailPage page, Func<EmailRequest, string?, string> route)
    {
        _emailPages.Add(page, route);
        return this;
    }

    public string PathOf(EmailTemplate template, EmailRequest request, string? token) =>
        template.LeadsTo is not { } page ? Routes.Case(request.Reference)
        : _emailPages.TryGetValue(page, out var route) ? route(request, token)
        : throw new InvalidOperationException($"No feature says where the page {page.Name} is.");

    public string Title(ObligationKind kind, int? number) => Words(kind).Title(number);

    public string Title(Obligation obligation) => Title(obligation.Kind, obligation.Number);

    public string Title(OwedObligation obligation) => Title(obligation.Kind, obligation.Number);

    public string Action(ObligationKind kind, int? number) => Words(kind).Action(number);

    public string Action(OwedObligation obligation) =>
        Words(obligation) is { WhenArranged: { } arranged } ? arranged.Action(obligation.Number) : Action(obligation.Kind, obligation.Number);

    /// <summary>The page where the obligation is met; the case's own page for what the clock does.</summary>
    public string Route(ObligationKind kind, int? number, CaseReference reference) => Words(kind).Route(reference, number);

    /// <inheritdoc cref="Route(ObligationKind, int?, CaseReference)"/>
    public string Route(OwedObligation obligation, CaseReference reference) =>
        Words(obligation) is { WhenArranged: { } arranged }
            ? arranged.Route(reference, obligation.Number)
            : Route(obligation.Kind, obligation.Number, reference);

    public TimelineText EntryFor(StreamEvent happened, Func<string, string> nameOf) =>
        _timeline.TryGetValue(happened.GetType(), out var entry)
        ? entry((CaseEvent)happened, new(nameOf, this))
        : throw new InvalidOperationException($"The timeline has no entry for {happened.GetType().Name}.");

    /// <summary>What the reader may do in the case now. The decision itself may still refuse it.</summary>
    public IReadOnlyList<CaseAction> ActionsFor(CaseView view, DateTimeOffset now)
    {
        var context = new CaseActions(view, now, this);
        return
        [
            .. _actions.SelectMany(possible => possible(context)).Where(action => view.May(action.Command)).Select(action => action.Action),
        ];
    }

    public IEnumerable<string> Sections(CaseSectionPlace place, CaseView view) =>
        _sections.Where(section => section.Place == place && section.IsShown(view)).Select(section => section.Partial);

    public void MapEndpoints(CaseCommandEndpoints routes)
    {
        foreach (var map in _endpoints) map(routes);
    }

    private ObligationWords? Words(OwedObligation obligation) => obligation.IsArranged ? Words(obligation.Kind) : null;

    private ObligationWords Words(ObligationKind kind) =>
        _obligations.TryGetValue(kind, out var words) ? words : throw new InvalidOperationException($"There are no words for the obligation {kind}.");
}

/// <summary>What pages say of one kind of obligation. The number says which one of its kind, such as which meeting.</summary>
/// <param name="Title">What it is called, for example "Minutes of meeting 2".</param>
/// <param name="Action">What the person who owes it does, as a link says it, for example "Record meeting 2".</param>
/// <param name="Route">The page where they do it.</param>
public sealed record ObligationWords(Func<int?, string> Title, Func<int?, string> Action, Func<CaseReference, int?, string> Route)
{
    /// <summary>What is said instead while something is arranged by which it will be met; null for the same.</summary>
    public ArrangedWords? WhenArranged { get; init; }

    /// <summary>For what the clock does by itself: there is nothing to do but look.</summary>
    public static ObligationWords ByClock(string title) => new(_ => title, _ => "Open the case", (reference, _) => Routes.Case(reference));
}

/// <summary>What pages say of an obligation for which something is arranged, such as a meeting.</summary>
public sealed record ArrangedWords(Func<int?, string> Action, Func<CaseReference, int?, string> Route);

/// <summary>A part of the case page.</summary>
/// <param name="Partial">The view, from <c>Pages/Cases</c>; its model is <see cref="IndexModel"/>.</param>
public sealed record CaseSection(string Partial, CaseSectionPlace Place, Func<CaseView, bool> IsShown);

/// <summary>Where on the case page a section stands.</summary>
public enum CaseSectionPlace
{
    /// <summary>Beside the actions, after what the case waits for.</summary>
    Next,

    /// <summary>Below, over the whole width.</summary>
    Record,

    /// <summary>With the referral, at the end.</summary>
    Referral,
}
