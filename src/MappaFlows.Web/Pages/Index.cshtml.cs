using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Pages;

/// <summary>Where everyone starts: what waits for them, and the ways on.</summary>
public sealed class IndexModel(CaseloadIndex caseload, ReferralDrafts drafts, TimeProvider time) : PageModel
{
    /// <summary>The most cases whose obligations the page shows.</summary>
    public const int MaxCases = 50;

    /// <summary>The most referrals of each kind that the page shows; the rest is one link away.</summary>
    public const int MaxReferrals = 5;

    public Person Me => HttpContext.Person();

    public DateTimeOffset Now { get; private set; }

    /// <summary>What the person owes, what is due first first.</summary>
    public IReadOnlyList<WaitingObligation> Waiting { get; private set; } = [];

    /// <summary>Whether there is more than is shown.</summary>
    public bool IsMore { get; private set; }

    public IReadOnlyList<ReferralDraft> Drafts { get; private set; } = [];

    public IReadOnlyList<CaseSummary> Sent { get; private set; } = [];

    /// <summary>Whether anything in a case can wait for this person.</summary>
    public bool WorksOnCases => Permissions.MayListCaseload(Me) || Permissions.MayRefer(Me);

    public async Task OnGetAsync()
    {
        var cancellation = HttpContext.RequestAborted;
        Now = time.GetUtcNow();
        var owed = WorksOnCases ? await caseload.OwedByAsync(Me, MaxCases, cancellation) : [];
        IsMore = owed.Count == MaxCases;
        IReadOnlyList<CaseSummary> sent = [];
        if (Permissions.MayRefer(Me))
        {
            Drafts = await drafts.ListAsync(Me.Id, cancellation);
            sent = await caseload.SentByAsync(Me.Id, Referrals.IndexModel.MaxReferrals, cancellation);
            Sent = [.. sent.Take(MaxReferrals)];
        }

        // Of what the person referred, which may be in another area or led by another agency, only what is asked of them by name is theirs.
        Waiting =
        [
            .. owed.SelectMany(
                summary => summary.Owed.Where(obligation => obligation.IsOwedBy(Me)),
                (summary, obligation) => new WaitingObligation(summary, obligation))
                .Concat(
                    sent.SelectMany(summary => summary.Owed.Where(obligation => obligation.IsAskedOf(Me.Id)), (summary, obligation) =>
                        new WaitingObligation(summary, obligation)))
                .DistinctBy(waiting => (waiting.Case.Reference, waiting.Obligation.Kind, waiting.Obligation.Number))
                .OrderBy(waiting => waiting.Obligation.Due ?? DateTimeOffset.MaxValue),
        ];
    }
}

/// <summary>An obligation, as the person who owes it sees it.</summary>
public sealed record WaitingObligation(CaseSummary Case, OwedObligation Obligation);
