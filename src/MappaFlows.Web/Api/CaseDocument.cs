using MappaFlows.Core.Cases;
using MappaFlows.Core.Disclosures;
using MappaFlows.Core.Exits;
using MappaFlows.Core.Referrals;

namespace MappaFlows.Web.Api;

/// <summary>A case as the API tells it: the case itself, what it waits for, and how it will end.</summary>
public sealed record CaseDocument
{
    public required CaseReference Reference { get; init; }

    /// <summary>The number of events so far.</summary>
    public required long Version { get; init; }

    public required CaseStage Stage { get; init; }

    public required string Area { get; init; }

    public required string LeadAgency { get; init; }

    public required Category Category { get; init; }

    public ManagementLevel? Level { get; init; }

    public DateTimeOffset? LevelSince { get; init; }

    public required string ReferrerId { get; init; }

    public required DateTimeOffset ReferredAt { get; init; }

    public required Referral Referral { get; init; }

    public required IReadOnlyList<InformationRequest> InformationRequests { get; init; }

    public ScreeningResult? Screening { get; init; }

    public required IReadOnlyList<EligibilityBasis> Bases { get; init; }

    public required IReadOnlyList<Meeting> Meetings { get; init; }

    public required IReadOnlyList<Level1ReviewHeld> Level1Reviews { get; init; }

    public required IReadOnlyList<DisclosureDocument> Disclosures { get; init; }

    public required IReadOnlyList<PreExitReview> PreExitReviews { get; init; }

    public DateOnly? ReleaseDate { get; init; }

    public DateOnly? LicenceEnd { get; init; }

    public ExitRecord? Exit { get; init; }

    /// <summary>What people, or the clock, owe the case; the earliest due first.</summary>
    public required IReadOnlyList<DutyDocument> Duties { get; init; }

    /// <summary>How the case will end; absent while the person is not managed.</summary>
    public ExitForecast? Forecast { get; init; }

    internal static CaseDocument Of(CaseAgenda agenda, DateTimeOffset now)
    {
        var @case = agenda.Case;
        return new()
        {
            Reference = @case.Reference,
            Version = @case.Version,
            Stage = @case.Stage,
            Area = @case.AreaCode,
            LeadAgency = @case.LeadAgencyId,
            Category = @case.Category,
            Level = @case.Level,
            LevelSince = @case.LevelSince,
            ReferrerId = @case.ReferrerId,
            ReferredAt = @case.ReferredAt,
            Referral = @case.Referral,
            InformationRequests = @case.InformationRequests,
            Screening = @case.Screening,
            Bases = @case.Bases,
            Meetings = @case.Meetings,
            Level1Reviews = @case.Level1Reviews,
            Disclosures = [.. @case.Disclosures.Select(DisclosureDocument.Of)],
            PreExitReviews = @case.PreExitReviews,
            ReleaseDate = @case.ReleaseDate,
            LicenceEnd = @case.LicenceEnd,
            Exit = @case.Exit,
            Duties = [.. agenda.Duties.Select(duty => DutyDocument.Of(duty, now))],
            Forecast = agenda.Forecast,
        };
    }
}

/// <summary>Something that the case waits for.</summary>
/// <param name="Subject">Which one of its kind, such as a meeting's number; absent where there is only one.</param>
/// <param name="Due">By when, with the rule that made the date; absent where no clock runs.</param>
/// <param name="Owner">Who owes it; absent where the clock does it by itself.</param>
public sealed record DutyDocument(DutyKind Kind, string? Subject, Deadline? Due, DateTimeOffset? RemindAt, DutyOwner? Owner, bool IsOverdue)
{
    internal static DutyDocument Of(Duty duty, DateTimeOffset now) => new(
        duty.Kind,
        duty.Subject.Length > 0 ? duty.Subject : null,
        duty.Due,
        duty.RemindAt,
        duty.Owner == DutyOwner.Clock ? null : duty.Owner,
        duty.Due?.At <= now);
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
    DisclosureAct? Act)
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
        disclosure.Act);
}
