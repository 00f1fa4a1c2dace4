using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>
/// The whole referral, read through before it is sent. The draft's id is the key of its submission: sent twice, it is one case.
/// </summary>
public sealed class CheckModel(ReferralDrafts drafts, CaseCommands commands, TimeProvider time) : ReferralDraftModel(drafts, commands)
{
    private readonly CaseCommands _commands = commands;
    private readonly ReferralDrafts _drafts = drafts;

    public IReadOnlyList<ReferralSection> Sections =>
        ReferralSummary.Of(ReferralRules.Settle(Referral, LondonTime.Today(time.GetUtcNow())));

    /// <summary>What stands against the referral, by part.</summary>
    public ILookup<ReferralPart, Problem> Problems { get; private set; } = null!;

    public void OnGet() => FindProblems();

    public async Task<IActionResult> OnPostAsync()
    {
        var result = await _commands.ExecuteAsync(
            Me,
            Reference,
            new SubmitReferral(Reference, Referral),
            Draft.Id,
            HttpContext.RequestAborted);
        FindProblems();
        if (result is CommandResult.Refused refused)
        {
            foreach (var problem in refused.Problems)
            {
                ModelState.AddModelError(problem.Field, problem.Message);
                if (problem.Field.Length > 0) FormFields.Of(HttpContext).Add(problem.Field, ProblemId(problem));
            }

            Response.StatusCode = RefusalStatus.Of(refused.Kind);
            return Page();
        }

        // The case is there for good; should the draft outlive it, each of its pages leads to the confirmation all the same.
        await _drafts.RemoveAsync(Me.Id, Draft.Id, CancellationToken.None);
        return new SeeOther(Routes.ReferralSent(Reference));
    }

    /// <summary>Where a problem stands on this page.</summary>
    public static string ProblemId(Problem problem) => $"problem-{problem.Field.Replace('.', '-')}";

    /// <summary>The page and field where a problem is fixed.</summary>
    public string FixPath(Problem problem)
    {
        var part = ReferralPart.OfField(problem.Field);
        return $"{Routes.ReferralPart(Draft.Id, part.Slug, isChange: true)}#Input_{problem.Field[(part.Name.Length + 1)..]}";
    }

    private void FindProblems() =>
        Problems = ReferralRules.Check(Referral, LondonTime.Today(time.GetUtcNow())).ToLookup(
            problem => ReferralPart.OfField(problem.Field));
}
