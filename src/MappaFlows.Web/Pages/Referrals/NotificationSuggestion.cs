namespace MappaFlows.Web.Pages.Referrals;

/// <summary>
/// The end of notification as section 82 of the Sexual Offences Act 2003 makes it from what the referral says so far. The period begins
/// with the day of conviction, finding or caution; where no such day is given, with that of the sentence.
/// </summary>
public static class NotificationSuggestion
{
    /// <summary>The period; null where the person is not in Category 1, or the referral does not say enough.</summary>
    public static NotificationPeriod? For(Referral referral, DateOnly today)
    {
        var (offence, dates, born) = (referral.Offence, referral.Dates, referral.Subject.DateOfBirth);
        if (referral.Placement.Category != Category.Category1 || offence.Disposal is not { } disposal) return null;
        if (dates.NotificationStart() is not { } relevant || relevant > today || born is not { } birth || birth > relevant) return null;

        var term = disposal.HasTerm ? offence.Length() : null;
        if (disposal.HasTerm && term is not { IsPlausible: true }) return null;
        return NotificationPeriods.Default.For(disposal, term, relevant, Ages.IsUnder18(birth, relevant), dates.Sentence);
    }
}
