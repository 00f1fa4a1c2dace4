using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Pages;

/// <summary>Where everyone starts: what waits for them, and the ways on.</summary>
public sealed class IndexModel(CaseloadIndex caseload, ReferralDrafts drafts, TimeProvider time) : PageModel
{
    /// <summary>The most obligations that the page shows of each part of the day.</summary>
    public const int MaxOfEach = 50;

    /// <summary>The most referrals of each kind that the page shows; the rest is one link away.</summary>
    public const int MaxReferrals = 5;

    public Person Me => HttpContext.Person();

    public DateTimeOffset Now { get; private set; }

    /// <summary>What the person owes.</summary>
    public WorkList Work { get; private set; } = new([], IsWhole: true);

    /// <summary>The same by when it is due, without the parts that are empty.</summary>
    public IReadOnlyList<WorkPart> Parts { get; private set; } = [];

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
        Work = (await caseload.OwedByAsync(Me, cancellation)).With(asked);
        Parts = [.. WorkPart.Of(Work.Items, Now)];
    }
}
