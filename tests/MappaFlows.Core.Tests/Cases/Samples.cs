namespace MappaFlows.Core.Tests.Cases;

/// <summary>Complete records, each of which is accepted as it stands at <see cref="CaseSimulation.Begins"/>.</summary>
internal static class Samples
{
    public static readonly CaseReference Reference = CaseReference.Parse("MF-7K3QF-92XBT");

    public static Referral Referral(Category category = Category.Category2, ManagementLevel level = ManagementLevel.Level2) =>
        SampleReferrals.Category2() with
        {
            Placement = SampleReferrals.Placement(category, level),
            Dates = new()
            {
                Sentence = new(2025, 1, 10),
                Release = new(2027, 1, 10),
                LicenceEnd = new(2029, 1, 9),
                SentenceExpiry = category == Category.Category2 ? new(2029, 1, 9) : null,
                NotificationEnd = category is Category.Category1 or Category.Category4 ? new(2031, 6, 2) : null,
            },
        };

    public static DecideScreening Accept(ManagementLevel level = ManagementLevel.Level2) =>
        new() { Outcome = ScreeningOutcome.Accept, Level = level, Reasons = "It needs several agencies." };

    public static DecideScreening RequestInformation => new() { Outcome = ScreeningOutcome.RequestInformation, Reasons = "Where will they live?" };

    public static DecideScreening Refuse => new() { Outcome = ScreeningOutcome.Refuse, Reasons = "One agency is enough." };

    public static MeetingOutcome Outcome(CaseState state, ManagementLevel? level = null) => SampleMeetings.Outcome(
        state.NextMeeting?.Agencies ?? [.. Agencies.Core.Select(agency => agency.Id)],
        level ?? state.Level ?? ManagementLevel.Level2);

    public static Level1Review Review(ManagementLevel level = ManagementLevel.Level1) => new()
    {
        Findings = "Stable",
        Contact = "Police visited",
        DisclosureConsidered = false,
        DisclosureReasons = "Nothing has changed.",
        Level = level,
        LevelReasons = "As the review found.",
    };

    public static DisclosureRecord Act(DateOnly on) => new() { On = on, Method = DisclosureMethod.InPerson, RecipientUndertook = true };

    /// <summary>Changes the end of the newest sentence, seen as it stands.</summary>
    public static ChangeDate Expiry(CaseSimulation life, DateOnly to) => Change(life, CaseDate.SentenceExpiry, to);

    /// <summary>Changes a date, seen as it stands; of several of its kind that of the newest basis.</summary>
    public static ChangeDate Change(CaseSimulation life, CaseDate which, DateOnly? to)
    {
        var date = life.MaybeCase is null
            ? null
            : DateDecisions.Changeable(life.Case, life.Today).LastOrDefault(date => date.Date == which);
        return new() { Date = which, BasisId = date?.Basis?.Id, From = date?.Day, To = to, Indefinite = to is null, Reason = "The appeal court varied it." };
    }
}
