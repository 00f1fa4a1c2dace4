using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>The dates that clocks come from; for Category 1 with the end of notification worked out.</summary>
public sealed class DatesModel(
    ReferralDrafts drafts,
    CaseCommands commands,
    TimeProvider time) : ReferralPartModel<DatesForm>(drafts, commands, time)
{
    /// <summary>What the button posts that takes the date worked out.</summary>
    public const string Use = "use";

    public override ReferralPart Part { get; } = ReferralPart.Of(nameof(Core.Referrals.Referral.Dates));

    public Category? Category => Referral.Placement.Category;

    /// <summary>The end of notification worked out; null where it cannot be, or is what the form says already.</summary>
    public NotificationPeriod? Suggestion =>
        NotificationSuggestion.For(Referral, Today) is { } period
        && (period.EndsOn != Referral.Dates.NotificationEnd || period.Indefinite != (Referral.Dates.NotificationIndefinite == true))
            ? period
            : null;

    /// <summary>Whether the way in which the offence was dealt with makes no notification requirement.</summary>
    public bool MakesNoRequirement =>
        Category == Core.Cases.Category.Category1 && Referral.Offence.Disposal == Disposal.AbsoluteDischarge;

    protected override DatesForm Read(Referral referral) => DatesForm.From(referral.Dates);

    protected override Referral Write(Referral referral, DatesForm input) => referral with { Dates = input.ToPart() };

    protected override async Task<IActionResult> ContinueAsync(string? then)
    {
        if (then != Use || Suggestion is not { } period) return await base.ContinueAsync(then);

        await ChangeAsync(saved => saved with
        {
            Dates = saved.Dates with { NotificationEnd = period.EndsOn, NotificationIndefinite = period.Indefinite ? true : null },
        });
        // The fields of the end are filled in again; all others keep what was typed.
        var suggested = Read(Referral);
        (Input.NotificationEnd, Input.NotificationIndefinite) = (suggested.NotificationEnd, suggested.NotificationIndefinite);
        foreach (var key in ModelState.Keys.Where(key => key.StartsWith($"{nameof(Input)}.Notification", StringComparison.Ordinal)).ToList())
            ModelState.Remove(key);
        return Page();
    }
}
