using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>
/// The page of one part of a referral. Everything typed is saved with every post. Of what cannot be saved, such as a 31 February, the saved
/// answer stays, and what was typed is kept beside it. A part that was changed since the page was opened is not replaced unseen.
/// </summary>
/// <typeparam name="TInput">The form. Its properties are called as those of the part, so that problems find their fields.</typeparam>
public abstract class ReferralPartModel<TInput>(
    ReferralDrafts drafts,
    CaseCommands commands,
    TimeProvider time) : ReferralDraftModel(drafts, commands), IReferralPartPage
    where TInput : class, new()
{
    /// <summary>What the second button posts: save, and do not ask for what is missing.</summary>
    public const string Leave = "leave";

    [BindProperty]
    public TInput Input { get; set; } = new();

    [BindProperty]
    public string? Version { get; set; }

    /// <summary>Whether the page was opened from the check page, and leads back there.</summary>
    [BindProperty(SupportsGet = true, Name = "change")]
    public bool IsChange { get; set; }

    public abstract ReferralPart Part { get; }

    public DateOnly Today => LondonTime.Today(time.GetUtcNow());

    public string BackPath =>
        IsChange ? Routes.CheckReferral(Draft.Id)
        : Part.Previous is { } previous ? Routes.ReferralPart(Draft.Id, previous.Slug)
        : Routes.ReferralDraft(Draft.Id);

    public ReferralSection? SavedMeanwhile { get; private set; }

    public DateTimeOffset SavedAt => Draft.SavedAt;

    private string NextPath =>
        IsChange || Part.Next is null ? Routes.CheckReferral(Draft.Id) : Routes.ReferralPart(Draft.Id, Part.Next.Slug);

    public void OnGet()
    {
        Input = Read(Referral);
        Version = VersionOf(Referral);
    }

    public async Task<IActionResult> OnPostAsync(string? then)
    {
        var isReadable = ModelState.IsValid;
        var isChanged = false;
        var isThere = await ChangeAsync(saved =>
        {
            var typed = Write(saved, Readable(saved));
            isChanged = Version is not null && Version != VersionOf(saved) && VersionOf(typed) != VersionOf(saved);
            return isChanged ? saved : typed;
        });
        if (!isThere) return Gone();

        // The form is of what is saved from here on: sent again, it replaces that.
        Version = VersionOf(Referral);
        var posted = PostedForm.Of(HttpContext);
        posted?.Replace(nameof(Version), Version);
        if (isChanged) return ShowBoth();

        if (isReadable) posted?.Record();
        if (then == Leave && isReadable) return new SeeOther(Routes.Referrals);
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

    /// <summary>Another tab was first: nothing is replaced before the person has seen both.</summary>
    private PageResult ShowBoth()
    {
        SavedMeanwhile = ReferralSummary.Of(Referral).First(section => section.Part == Part);
        ModelState.AddModelError(
            "",
            $"You have this page open twice: it was changed on {UkTime.DateAndTime(SavedAt)}. What you typed is below and is not saved yet");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    /// <summary>The form with the saved answer in place of each that could not be read.</summary>
    private TInput Readable(Referral saved)
    {
        foreach (var property in typeof(TInput).GetProperties().Where(property => property.CanWrite))
        {
            if (ModelState[$"{nameof(Input)}.{property.Name}"]?.Errors.Count > 0) property.SetValue(Input, property.GetValue(Read(saved)));
        }

        return Input;
    }

    private string VersionOf(Referral referral) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Read(referral), StreamJson.Options)).AsSpan(0, 8));
}

/// <summary>What the end of every question page needs to know of it.</summary>
public interface IReferralPartPage
{
    /// <summary>Tells the saved part from an earlier and a later one.</summary>
    string? Version { get; }

    /// <summary>What another tab saved since the page was opened; null where none did.</summary>
    ReferralSection? SavedMeanwhile { get; }

    /// <summary>When the draft was saved last.</summary>
    DateTimeOffset SavedAt { get; }
}
