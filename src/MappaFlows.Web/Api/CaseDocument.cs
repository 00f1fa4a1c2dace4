namespace MappaFlows.Web.Api;

/// <summary>
/// A case as the API tells it to one person: the case itself, what it waits for, and how it will end. What this person may not read is absent,
/// which an empty list is not.
/// </summary>
public sealed record CaseDocument
{
    public required CaseReference Reference { get; init; }

    /// <summary>How much of the case the caller may read.</summary>
    public required CaseScope Scope { get; init; }

    /// <summary>The number of events so far; only with the whole case.</summary>
    public long? Version { get; init; }

    public required CaseStage Stage { get; init; }

    public required SubjectDocument Subject { get; init; }

    public required string Area { get; init; }

    public required string LeadAgency { get; init; }

    /// <summary>The category in force; with no more than the referral the one that was sought.</summary>
    public Category? Category { get; init; }

    public ManagementLevel? Level { get; init; }

    public DateTimeOffset? LevelSince { get; init; }

    public string? ReferrerId { get; init; }

    public DateTimeOffset? ReferredAt { get; init; }

    public Referral? Referral { get; init; }

    public IReadOnlyList<InformationRequest>? InformationRequests { get; init; }

    public ScreeningResult? Screening { get; init; }

    public IReadOnlyList<EligibilityBasis>? Bases { get; init; }

    public IReadOnlyList<Meeting>? Meetings { get; init; }

    public IReadOnlyList<Level1ReviewHeld>? Level1Reviews { get; init; }

    /// <summary>All of them with the whole case; otherwise those in which the caller has a part.</summary>
    public IReadOnlyList<DisclosureDocument>? Disclosures { get; init; }

    public IReadOnlyList<PreExitReview>? PreExitReviews { get; init; }

    public DateOnly? ReleaseDate { get; init; }

    public DateOnly? LicenceEnd { get; init; }

    public ExitRecord? Exit { get; init; }

    /// <summary>What people, or the clock, owe the case, as far as the caller has to do with it; the earliest due first.</summary>
    public required IReadOnlyList<ObligationDocument> Obligations { get; init; }

    /// <summary>How the case will end; absent while the person is not managed.</summary>
    public ExitForecast? Forecast { get; init; }

    internal static CaseDocument Of(CaseView view, DateTimeOffset now)
    {
        var state = view.Case;
        var least = new CaseDocument
        {
            Reference = state.Reference,
            Scope = view.Scope,
            Stage = state.Stage,
            Subject = SubjectDocument.Of(state.Referral.Subject),
            Area = state.AreaCode,
            LeadAgency = state.LeadAgencyId,
            Disclosures = view.IsWhole || state.Disclosures.Count > 0 ? [.. state.Disclosures.Select(DisclosureDocument.Of)] : null,
            Obligations = [.. view.Timetable.Obligations.Select(obligation => ObligationDocument.Of(obligation, now))],
        };
        if (!view.ShowsReferral) return least;

        var referral = least with
        {
            Category = state.Category,
            ReferrerId = state.ReferrerId,
            ReferredAt = state.ReferredAt,
            Referral = state.Referral,
            InformationRequests = state.InformationRequests,
            Screening = state.Screening,
        };
        return view.IsWhole
            ? referral with
            {
                Version = state.Version,
                Level = state.Level,
                LevelSince = state.LevelSince,
                Bases = state.Bases,
                Meetings = state.Meetings,
                Level1Reviews = state.Level1Reviews,
                PreExitReviews = state.PreExitReviews,
                ReleaseDate = state.ReleaseDate,
                LicenceEnd = state.LicenceEnd,
                Exit = state.Exit,
                Forecast = view.Timetable.Forecast,
            }
            : referral;
    }
}

/// <summary>Whom a case is about.</summary>
public sealed record SubjectDocument(string? GivenNames, string? FamilyName, string? OtherNames, DateOnly? DateOfBirth)
{
    internal static SubjectDocument Of(ReferralSubject subject) => new(subject.GivenNames, subject.FamilyName, subject.OtherNames, subject.DateOfBirth);
}

/// <summary>Something that the case waits for.</summary>
/// <param name="Subject">Which one of its kind, such as a meeting's number; absent where there is only one.</param>
/// <param name="Due">By when, with the rule that made the date; absent where no clock runs.</param>
/// <param name="Owner">Who owes it; absent where the clock does it by itself.</param>
public sealed record ObligationDocument(ObligationKind Kind, string? Subject, Deadline? Due, DateTimeOffset? RemindAt, ObligationOwner? Owner, bool IsOverdue)
{
    internal static ObligationDocument Of(Obligation obligation, DateTimeOffset now) => new(
        obligation.Kind,
        obligation.Subject.Length > 0 ? obligation.Subject : null,
        obligation.Due,
        obligation.RemindAt,
        obligation.Owner == ObligationOwner.Clock ? null : obligation.Owner,
        obligation.Due?.At <= now);
}

/// <summary>A disclosure, without anything of the links that were sent for it.</summary>
/// <param name="ContentHash">What a decision has to carry: it says which content was decided on.</param>
public sealed record DisclosureDocument(
    int Number,
    int Request,
    DisclosureStage Stage,
    DisclosureContent Content,
    string ContentHash,
    string ProposedBy,
    string ApproverId,
    string? DeputyId,
    DateTimeOffset AskedAt,
    bool Reminded,
    bool Escalated,
    DisclosureDecision? Decision,
    DisclosureRecord? Record)
{
    internal static DisclosureDocument Of(Disclosure disclosure) => new(
        disclosure.Number,
        disclosure.Request,
        disclosure.Stage,
        disclosure.Content,
        disclosure.ContentHash,
        disclosure.ProposedBy,
        disclosure.ApproverId,
        disclosure.DeputyId,
        disclosure.AskedAt,
        disclosure.Reminded,
        disclosure.Escalated,
        disclosure.Decision,
        disclosure.Record);
}
