using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>One disclosure, whole. The approver can decide here as well as through the emailed link.</summary>
public sealed class DisclosureModel(
    CaseCommands commands,
    IPeopleDirectory people,
    PolicyBook policy,
    WorkingCalendar calendar,
    FreshSignIn signIn)
    : DisclosurePage(commands, people)
{
    [BindProperty]
    public DecisionForm Input { get; set; } = new();

    public DisclosureContentModel Shown => new(Disclosure.Content, People.Name(Disclosure.DiscloserId));

    public DateTimeOffset Ends => ApprovalClock.Of(Case, Disclosure, policy, calendar).LapseAt.At;

    public bool MayDecide => Disclosure.IsAwaitingApproval && View.May(Kind);

    /// <summary>The last day on which it may be made; null where no approval stands.</summary>
    public Deadline? LastDay => Disclosure.IsApproved ? MakingClock.Of(Case, Disclosure, policy, calendar).LastDay : null;

    public bool MayRecord => Disclosure.CanBeRecorded && View.May(new RecordDisclosure(Number, new()));

    public bool MayRevoke => Disclosure.IsApproved && View.May(new RevokeApproval(Number, null));

    public bool MayReplace => Disclosure.IsApproved && View.May(new ReplaceDiscloser(Number, null, null));

    public bool MayChange =>
        Case.IsManaged
        && Disclosure.CanBeRevised
        && Me.Id != Disclosure.ApproverId
        && View.May(new ReviseDisclosure(Number, new()));

    /// <summary>What to say of a sign-in that is too old to decide; null where it will do.</summary>
    public SignInNotice? Notice { get; private set; }

    protected override CaseCommand Kind => new DecideDisclosure { Number = Number };

    /// <summary>A reader of the disclosure may read this page. Only the decision asks for more, and an attempt at it is recorded.</summary>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (IsHidden && !HttpMethods.IsPost(HttpContext.Request.Method)) context.Result = NotFound();
    }

    public void OnGet() => Notice = SignInNotice.BeforeWriting(signIn, HttpContext);

    public async Task<IActionResult> OnPostAsync()
    {
        // Out of turn the command is refused and the attempt recorded, even when the form has other problems.
        if (!IsHidden && MayDecide)
        {
            if ((Notice = SignInNotice.AfterWriting(signIn, HttpContext)) is not null)
            {
                ModelState.AddModelError("", FreshSignIn.Message);
                Response.StatusCode = StatusCodes.Status403Forbidden;
                return Page();
            }

            Input.CheckRead(ModelState, InputPrefix);
        }

        return await ExecuteAsync(Input.ToCommand(Number), Routes.DisclosureDecided(Case.Reference, Number));
    }
}
