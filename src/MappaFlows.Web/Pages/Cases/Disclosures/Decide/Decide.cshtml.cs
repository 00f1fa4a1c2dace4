using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Pages.Cases.Disclosures.Decide;

/// <summary>
/// Where the emailed link leads. The link is a pointer and no credential: the page asks for a sign-in, opening it (as mail scanners do)
/// changes nothing, and a decision counts only from the person whom it was asked of, freshly signed in, on exactly the content they were
/// shown.
/// </summary>
/// <remarks>The token stands in the query, which no log and no span of either host keeps; paths are logged (ADR 7).</remarks>
[Authorize]
public sealed class DecideModel(
    CaseCommands commands,
    IPeopleDirectory people,
    PolicyBook policy,
    WorkingCalendar calendar,
    FreshSignIn signIn,
    CommandChecks checks) : PageModel
{
    private const string Prefix = "Input";

    private OpenedLink _link = new(ApprovalLinkState.Unknown, View: null);

    [BindProperty]
    public DecisionForm Input { get; set; } = new();

    [BindProperty]
    public string Key { get; set; } = Guid.NewGuid().ToString("N");

    /// <summary>Whether the person has seen the check page and wants what it says.</summary>
    [BindProperty]
    [NotKept]
    public bool Confirmed { get; set; }

    /// <summary>Whether the person goes back from the check page to what they typed.</summary>
    [BindProperty]
    [NotKept]
    public bool Change { get; set; }

    [FromRoute]
    public string Reference { get; set; } = "";

    [FromRoute]
    public int Number { get; set; }

    /// <summary>Binding makes null of a link that holds nothing.</summary>
    [FromQuery(Name = "link")]
    public string? Sent { get; set; }

    public string Token => Sent ?? "";

    public ApprovalLinkState State => _link.State;

    /// <summary>Whether a decision was sent that did not count.</summary>
    public bool WasSent { get; private set; }

    /// <summary>What to say of a sign-in that is too old to decide; null where it will do.</summary>
    public SignInNotice? Notice { get; private set; }

    public AreaDirectory People { get; private set; } = AreaDirectory.None;

    public CaseState Case => _link.View?.Case ?? throw new InvalidOperationException("There is no case behind this link for this person.");

    public Disclosure Disclosure => Case.Disclosures.First(disclosure => disclosure.Number == Number);

    public DisclosureDecision? Decision => Disclosure.Decision;

    public DateTimeOffset Ends => ApprovalClock.Of(Case, Disclosure, policy, calendar).LapseAt.At;

    private DecideDisclosure Command => Input.ToCommand(Number, ApprovalLinks.HashOf(Token));

    private Person Me => HttpContext.Person();

    public async Task<IActionResult> OnGetAsync()
    {
        await LookAsync();
        if (State == ApprovalLinkState.Open) Notice = SignInNotice.BeforeWriting(signIn, HttpContext);
        return Shown(LinkStatus.Of(State));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LookAsync();
        if (State == ApprovalLinkState.Open)
        {
            if (Change) return Shown(StatusCodes.Status200OK);
            if ((Notice = SignInNotice.AfterWriting(signIn, HttpContext)) is not null)
            {
                ModelState.AddModelError("", FreshSignIn.Message);
                return Shown(StatusCodes.Status403Forbidden);
            }

            Input.CheckRead(ModelState, Prefix);
            if (!ModelState.IsValid) return await RefuseUnreadAsync();
            if (!Confirmed
                && await checks.FindAsync(HttpContext, _link.View!, Command, () => Input.CheckText(Disclosure), Key, Prefix) is { } check)
            {
                CommandChecks.Show(ViewData, check);
                return Shown(StatusCodes.Status200OK);
            }
        }

        // A person who may not decide is refused by the case itself, which records the attempt.
        if (CaseReference.TryParse(Reference, out var reference)
            && await commands.ExecuteAsync(Me, reference, Command, Key, HttpContext.RequestAborted) is { } result)
        {
            if (result is CommandResult.Done) return new SeeOther(Routes.DisclosureDecided(reference, Number));
            if (result is CommandResult.Refused { Kind: RefusalKind.Invalid } invalid && State == ApprovalLinkState.Open)
            {
                ModelState.AddProblems(invalid.Problems, Prefix);
                return Shown(StatusCodes.Status422UnprocessableEntity);
            }

            await LookAsync();
            if (State == ApprovalLinkState.Open)
            {
                ModelState.AddProblems(((CommandResult.Refused)result).Problems, Prefix);
                return Shown(StatusCodes.Status409Conflict);
            }
        }

        WasSent = true;
        ModelState.Clear();
        return Shown(LinkStatus.Of(State));
    }

    /// <summary>A decision on unread content is not given. Its other problems are shown too.</summary>
    private async Task<IActionResult> RefuseUnreadAsync()
    {
        var refused = await commands.ValidateAsync(Me, Case.Reference, Command, HttpContext.RequestAborted);
        ModelState.AddProblems(refused?.Problems ?? [], Prefix);
        return Shown(RefusalStatus.Of(refused?.Kind ?? RefusalKind.Invalid));
    }

    private async Task LookAsync()
    {
        if (CaseReference.TryParse(Reference, out var reference))
        {
            _link = await commands.OpenLinkAsync(Me, reference, Number, Token, HttpContext.RequestAborted);

            // Also where the link is worth nothing: who may read the case sees whose it is.
            if ((_link.View ?? await commands.OpenAsync(Me, reference, HttpContext.RequestAborted)) is { } view) HttpContext.ShowCase(view);
        }

        if (_link.View is { Case.AreaCode: var area }) People = new(await people.InAreaAsync(area, HttpContext.RequestAborted));
    }

    private PageResult Shown(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
