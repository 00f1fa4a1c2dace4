using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>
/// The page of one part of a referral. Everything typed is saved with every post, right or wrong. Only what cannot be kept, such as a
/// 31 February, stays on the page until it is corrected.
/// </summary>
/// <typeparam name="TInput">The form. Its properties are called as those of the part, so that problems find their fields.</typeparam>
public abstract class ReferralPartModel<TInput>(
    ReferralDrafts drafts,
    CaseCommands commands,
    TimeProvider time) : ReferralDraftModel(drafts, commands)
    where TInput : class, new()
{
    /// <summary>What the second button posts: save, and do not ask for what is missing.</summary>
    public const string Leave = "leave";

    [BindProperty]
    public TInput Input { get; set; } = new();

    /// <summary>Whether the page was opened from the check page, and leads back there.</summary>
    [BindProperty(SupportsGet = true, Name = "change")]
    public bool IsChange { get; set; }

    public abstract ReferralPart Part { get; }

    public DateOnly Today => LondonTime.Today(time.GetUtcNow());

    public string BackPath =>
        IsChange ? Routes.CheckReferral(Draft.Id)
        : Part.Previous is { } previous ? Routes.ReferralPart(Draft.Id, previous.Slug)
        : Routes.ReferralDraft(Draft.Id);

    private string NextPath =>
        IsChange || Part.Next is null ? Routes.CheckReferral(Draft.Id) : Routes.ReferralPart(Draft.Id, Part.Next.Slug);

    public void OnGet() => Input = Read(Referral);

    public async Task<IActionResult> OnPostAsync(string? then)
    {
        await SaveAsync(Write(Referral, Input));
        if (then == Leave && ModelState.IsValid) return new SeeOther(Routes.Referrals);
        return await ContinueAsync(then);
    }

    /// <summary>What the form shows of the draft.</summary>
    protected abstract TInput Read(Referral referral);

    /// <summary>The draft with what the form says.</summary>
    protected abstract Referral Write(Referral referral, TInput input);

    /// <summary>Goes on when the part has no problem, and shows the page with its problems when it has.</summary>
    protected virtual Task<IActionResult> ContinueAsync(string? then)
    {
        foreach (var problem in ReferralRules.CheckPart(Referral, Part.Name, Today))
            ModelState.AddModelError($"{nameof(Input)}.{problem.Field[(Part.Name.Length + 1)..]}", problem.Message);
        if (ModelState.IsValid) return Task.FromResult<IActionResult>(new SeeOther(NextPath));
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Task.FromResult<IActionResult>(Page());
    }
}
