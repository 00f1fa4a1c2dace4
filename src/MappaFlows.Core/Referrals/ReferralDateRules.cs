namespace MappaFlows.Core.Referrals;

/// <summary>The dates of a referral: possible, in their order, and with the end of the category that is sought.</summary>
internal static class ReferralDateRules
{
    public static void Check(Validation validation, Referral referral, DateOnly today)
    {
        var (dates, category, born) = (referral.Dates, referral.Placement.Category, referral.Subject.DateOfBirth);
        const string sentence = "The date of the sentence or caution";
        if (validation.Given(dates.Sentence, "Dates.Sentence", "Enter the date of the sentence or caution"))
        {
            validation.Require(dates.Sentence <= today, "Dates.Sentence", $"{sentence} must be today or in the past");
            if (validation.Plausible(dates.Sentence, "Dates.Sentence", sentence, today))
                OldEnough(validation, dates.Sentence, "Dates.Sentence", sentence, born);
        }

        const string conviction = "The date of conviction";
        if (validation.Plausible(dates.Conviction, "Dates.Conviction", conviction, today))
        {
            OldEnough(validation, dates.Conviction, "Dates.Conviction", conviction, born);
            validation.Require(
                dates.Conviction is null || dates.Sentence is null || dates.Conviction <= dates.Sentence,
                "Dates.Conviction",
                $"{conviction} must not be after the date of the sentence or caution");
            validation.Require(dates.Conviction is null || dates.Conviction <= today, "Dates.Conviction", $"{conviction} must be today or in the past");
        }

        foreach (var (day, field, what) in new[]
                 {
                     (dates.Release, "Dates.Release", "release date"),
                     (dates.LicenceEnd, "Dates.LicenceEnd", "end of licence"),
                     (dates.SentenceExpiry, "Dates.SentenceExpiry", "sentence expiry date"),
                     (dates.NotificationEnd, "Dates.NotificationEnd", "end of notification"),
                 })
        {
            validation.Require(day is null || dates.Sentence is null || day >= dates.Sentence, field, $"The {what} must not be before the date of the sentence");
            validation.Plausible(day, field, $"The {what}", today);
        }

        validation.NotBefore(dates.LicenceEnd, "Dates.LicenceEnd", "The end of licence", dates.Release, "the release date");
        validation.NotBefore(dates.SentenceExpiry, "Dates.SentenceExpiry", "The sentence expiry date", dates.Release, "the release date");
        const string tribunal = "The date of the tribunal";
        if (validation.Plausible(dates.Tribunal, "Dates.Tribunal", tribunal, today, yearsAhead: 10))
            validation.NotBefore(dates.Tribunal, "Dates.Tribunal", tribunal, dates.Sentence, "the date of the sentence");
        validation.Require(
            category is Category.Category1 || dates.NotificationEnd is null || dates.NotificationIndefinite != true,
            "Dates.NotificationEnd",
            "Enter the end of notification, or select that it has no end, not both");

        SentenceEnd(validation, dates, category, referral.Offence.Disposal, today);

        if (category is Category.Category1)
        {
            validation.Require(
                (dates.NotificationEnd is not null) ^ (dates.NotificationIndefinite == true),
                "Dates.NotificationEnd",
                "Enter the end of notification, or select that it has no end: Category 1 ends on it");
            validation.Require(
                dates.NotificationEnd is null || dates.NotificationEnd >= today,
                "Dates.NotificationEnd",
                "The end of notification must be today or in the future: after it Category 1 has ended");
        }

        if (category is Category.Category4)
        {
            validation.Require(
                dates.LicenceEnd >= today || dates.NotificationEnd >= today || dates.NotificationIndefinite == true,
                "Dates.LicenceEnd",
                "Enter the end of licence or of terrorism notification, today or in the future: Category 4 ends on the later");
        }
    }

    /// <summary>
    /// Category 2 ends when the sentence does. A life sentence, and a hospital or guardianship order, may have no such date.
    /// </summary>
    private static void SentenceEnd(Validation validation, ReferralDates dates, Category? category, Disposal? disposal, DateOnly today)
    {
        const string field = "Dates.SentenceExpiry";
        var endless = dates.SentenceIndefinite == true;
        var mayBeEndless = disposal is null or { MayHaveNoEnd: true };
        validation.Require(
            !endless || mayBeEndless,
            "Dates.SentenceIndefinite",
            "Only a life sentence, or a hospital or guardianship order, has no end: the offence says how it was dealt with");
        validation.Require(
            !endless || dates.SentenceExpiry is null, field, "Enter the sentence expiry date, or select that there is no end, not both");
        if (category is not Category.Category2 || endless) return;
        if (validation.Given(
            dates.SentenceExpiry,
            field,
            disposal is { MayHaveNoEnd: true }
                ? "Enter the sentence expiry date, or select that the sentence or order has no end: Category 2 ends with it"
                : "Enter the sentence expiry date: Category 2 ends on it"))
        {
            validation.Require(
                dates.SentenceExpiry >= today, field, "The sentence expiry date must be today or in the future: after it Category 2 has ended");
        }
    }

    /// <summary>No one is sentenced, cautioned or assessed here for what they did under the age of criminal responsibility.</summary>
    public static void OldEnough(Validation validation, DateOnly? day, string field, string name, DateOnly? born)
    {
        if (born is not { } birth || birth.Year > DateOnly.MaxValue.Year - ReferralRules.OldestAge) return;
        validation.Require(
            day >= birth.AddYears(ReferralRules.YoungestAge),
            field,
            $"{name} must be after the person was {ReferralRules.YoungestAge}: the date of birth is {PlainDate.Of(birth)}");
    }
}
