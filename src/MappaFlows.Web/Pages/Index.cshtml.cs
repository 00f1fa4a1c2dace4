using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Pages;

/// <summary>Where everyone starts: what waits for them, and the ways on.</summary>
public sealed class IndexModel(
    CaseloadIndex caseload,
    ReferralDrafts drafts,
    IPeopleDirectory people,
    TimeProvider time) : PageModel
{
    /// <summary>The most obligations that the page shows of each part of the day.</summary>
    public const int MaxOfEach = 50;

    /// <summary>How far back the page says what was decided or ran out.</summary>
    public const int PastDays = 14;

    /// <summary>The most referrals of each kind that the page shows; the rest is one link away.</summary>
    public const int MaxReferrals = 5;

    public Person Me => HttpContext.Person();

    public DateTimeOffset Now { get; private set; }

    /// <summary>What the person owes.</summary>
    public WorkList Work { get; private set; } = new([], IsWhole: true);

    /// <summary>The same by when it is due, without the parts that are empty.</summary>
    public IReadOnlyList<WorkPart> Parts { get; private set; } = [];

    /// <summary>What was passed on to the person; null for nothing.</summary>
    public WorkPart? PassedOn { get; private set; }

    /// <summary>What no one is there to do; null for nothing.</summary>
    public WorkPart? Unowned { get; private set; }

    /// <summary>What was decided or ran out lately.</summary>
    public IReadOnlyList<PastWork> Past { get; private set; } = [];

    public IReadOnlyList<ReferralDraft> Drafts { get; private set; } = [];

    public IReadOnlyList<CaseSummary> Sent { get; private set; } = [];

    /// <summary>Whether anything in a case can wait for this person.</summary>
    public bool WorksOnCases => Permissions.MayListCaseload(Me) || Permissions.MayRefer(Me);

    public async Task OnGetAsync()
    {
        var cancellation = HttpContext.RequestAborted;
        Now = time.GetUtcNow();
        IReadOnlyList<CaseSummary> sent = [];
        if (Permissions.MayRefer(Me))
        {
            Drafts = await drafts.ListAsync(Me.Id, cancellation);
            sent = await caseload.SentByAsync(Me.Id, Referrals.IndexModel.MaxReferrals, cancellation);
            Sent = [.. sent.Take(MaxReferrals)];
        }

        if (!WorksOnCases) return;

        // Of what the person referred, which may be in another area or led by another agency, only what is asked of them by name is theirs.
        var asked = sent.SelectMany(
            summary => summary.Owed.Where(obligation => obligation.IsAskedOf(Me.Id)),
            (summary, obligation) => new OwedWork(summary, obligation));
        var since = Now.AddDays(-PastDays);
        var work = await caseload.WorkOfAsync(Me, await people.AllAsync(cancellation), since, cancellation);
        Work = work.Mine.With(asked);
        if (work.PassedOn.Count > 0) PassedOn = new("passed-on", "Passed on to you", work.PassedOn);
        if (work.Unowned.Count > 0) Unowned = new("unowned", "No one is there to do this", work.Unowned);
        Past =
        [
            .. work.Past
                .Concat(sent.SelectMany(
                    summary => summary.Past.Where(outcome => outcome.At >= since && outcome.People.Contains(Me.Id)),
                    (summary, outcome) => new PastWork(summary, outcome)))
                .DistinctBy(past => (past.Case.Reference, past.Outcome.Kind, past.Outcome.Number))
                .OrderByDescending(past => past.Outcome.At)
                .Take(MaxOfEach),
        ];
        Parts = [.. WorkPart.Of(Work.Items, Now)];
    }
}
