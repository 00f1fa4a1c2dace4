namespace MappaFlows.Web.Pages.Referrals;

/// <summary>
/// The end of notification as section 82 of the Sexual Offences Act 2003 makes it from what the referral says so far. A suggestion: the
/// referral asks for the day of the sentence, and the period begins with the day of conviction, finding or caution.
/// </summary>
public static class NotificationSuggestion
{
    /// <summary>The period; null where the person is not in Category 1, or the referral does not say enough.</summary>
    public static NotificationPeriod? For(Referral referral, DateOnly today)
    {
        var (offence, sentence, born) = (referral.Offence, referral.Dates.Sentence, referral.Subject.DateOfBirth);
        if (referral.Placement.Category != Category.Category1 || offence.Disposal is not { } disposal) return null;
        if (sentence is not { } relevant || relevant > today || born is not { } birth || birth > relevant) return null;

        var needsTerm = disposal is Disposal.Imprisonment or Disposal.ConditionalDischarge;
        SentenceTerm? term = needsTerm && offence.SentenceMonths is { } months ? SentenceTerm.OfMonths(months) : null;
        if (needsTerm && term is not { IsPlausible: true }) return null;
        return NotificationPeriods.Default.For(disposal, term, relevant, Ages.IsUnder18(birth, relevant));
    }
}
