using System.ComponentModel.DataAnnotations;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>The dates as typed; see <see cref="ReferralDates"/>.</summary>
public sealed class DatesForm
{
    [Display(Name = "Date of conviction")]
    public DateInput? Conviction { get; set; }

    [Display(Name = "Date of the sentence or caution")]
    public DateInput? Sentence { get; set; }

    [Display(Name = "Release date")]
    public DateInput? Release { get; set; }

    [Display(Name = "End of licence")]
    public DateInput? LicenceEnd { get; set; }

    [Display(Name = "Sentence expiry date")]
    public DateInput? SentenceExpiry { get; set; }

    public bool SentenceIndefinite { get; set; }

    [Display(Name = "End of notification")]
    public DateInput? NotificationEnd { get; set; }

    public bool NotificationIndefinite { get; set; }

    [Display(Name = "Date of the tribunal")]
    public DateInput? Tribunal { get; set; }

    internal static DatesForm From(ReferralDates dates) => new()
    {
        Conviction = Typed(dates.Conviction),
        Sentence = Typed(dates.Sentence),
        Release = Typed(dates.Release),
        LicenceEnd = Typed(dates.LicenceEnd),
        SentenceExpiry = Typed(dates.SentenceExpiry),
        SentenceIndefinite = dates.SentenceIndefinite == true,
        NotificationEnd = Typed(dates.NotificationEnd),
        NotificationIndefinite = dates.NotificationIndefinite == true,
        Tribunal = Typed(dates.Tribunal),
    };

    internal ReferralDates ToPart() => new()
    {
        Conviction = Conviction?.Value,
        Sentence = Sentence?.Value,
        Release = Release?.Value,
        LicenceEnd = LicenceEnd?.Value,
        SentenceExpiry = SentenceExpiry?.Value,
        SentenceIndefinite = SentenceIndefinite ? true : null,
        NotificationEnd = NotificationEnd?.Value,
        NotificationIndefinite = NotificationIndefinite ? true : null,
        Tribunal = Tribunal?.Value,
    };

    private static DateInput? Typed(DateOnly? day) => day is { } known ? DateInput.From(known) : null;
}
