using MappaFlows.Core.Disclosures;
using MappaFlows.Core.Exits;
using MappaFlows.Core.Reviews;

namespace MappaFlows.Core.Cases;

/// <summary>Makes a case of its events. Total: an event that was once accepted is always applied, without a question asked.</summary>
public static class CaseHistory
{
    /// <summary>The case after one more event.</summary>
    /// <param name="case">The case so far; null before the first event.</param>
    public static Case Apply(Case? @case, CaseEvent @event, DateTimeOffset at, string actorId)
    {
        var next = @event is ReferralSubmitted submitted
            ? Begin(submitted, at, actorId)
            : Continue(@case ?? throw new InvalidOperationException($"A case does not begin with {@event.GetType().Name}."), @event, at, actorId);
        return next with { Version = (@case?.Version ?? 0) + 1 };
    }

    private static Case Begin(ReferralSubmitted submitted, DateTimeOffset at, string actorId) => new()
    {
        Reference = submitted.Reference,
        Stage = CaseStage.Screening,
        AreaCode = submitted.Referral.Placement.Area!,
        LeadAgencyId = submitted.Referral.Placement.LeadAgency!,
        Referral = submitted.Referral,
        ReferrerId = actorId,
        ReferredAt = at,
        ScreeningSince = at,
        Category = submitted.Referral.Placement.Category!.Value,
        ReleaseDate = submitted.Referral.Dates.Release,
        LicenceEnd = submitted.Referral.Dates.LicenceEnd,
    };

    private static Case Continue(Case @case, CaseEvent @event, DateTimeOffset at, string actorId) => @event switch
    {
        MoreInformationAsked asked => @case with
        {
            Stage = CaseStage.InformationAsked,
            InformationRequests = [.. @case.InformationRequests, new(asked.Question, at, null, null)],
        },
        MoreInformationGiven given => @case with
        {
            Stage = CaseStage.Screening,
            ScreeningSince = at,
            InformationRequests =
            [
                .. @case.InformationRequests.SkipLast(1),
                @case.InformationRequests[^1] with { Answer = given.Answer, AnsweredAt = at },
            ],
        },
        ReferralAccepted accepted => @case with
        {
            Stage = CaseStage.Managed,
            Level = accepted.Level,
            LevelSince = at,
            Bases = accepted.Bases,
            Screening = new(true, accepted.Level, accepted.Reasons, actorId, at),
        },
        ReferralRefused refused => @case with
        {
            Stage = CaseStage.Refused,
            Screening = new(false, null, refused.Reasons, actorId, at),
        },
        MeetingScheduled scheduled => @case with
        {
            Meetings =
            [
                .. @case.Meetings,
                new(scheduled.Number, scheduled.Level, scheduled.StartsAt, scheduled.Minutes, scheduled.Place, scheduled.Agencies),
            ],
        },
        MeetingMoved moved => @case.WithMeeting(moved.Number, meeting => meeting with
        {
            StartsAt = moved.StartsAt,
            Minutes = moved.Minutes,
            Place = moved.Place,
            Moves = meeting.Moves + 1,
        }),
        MeetingRecorded recorded => @case.WithMeeting(recorded.Number, meeting => meeting with { Outcome = recorded.Outcome, RecordedAt = at }),
        MinutesSent sent => @case.WithMeeting(sent.Number, meeting => meeting with { MinutesSentAt = at }),
        Level1ReviewRecorded held => @case with { Level1Reviews = [.. @case.Level1Reviews, new(held.Number, held.Review, actorId, at)] },
        LevelChanged changed => @case with { Level = changed.To, LevelSince = at },
        DisclosureProposed proposed => @case with
        {
            Disclosures =
            [
                .. @case.Disclosures,
                new Disclosure
                {
                    Number = proposed.Number,
                    Content = proposed.Content,
                    ContentHash = proposed.ContentHash,
                    ProposedBy = actorId,
                    ApproverId = proposed.ApproverId,
                    DeputyId = proposed.DeputyId,
                    AskedAt = at,
                },
            ],
        },
        DisclosureRevised revised => @case.WithDisclosure(revised.Number, disclosure => disclosure with
        {
            Request = disclosure.Request + 1,
            Content = revised.Content,
            ContentHash = revised.ContentHash,
            Stage = DisclosureStage.AwaitingApproval,
            AskedAt = at,
            Reminded = false,
            Escalated = false,
            Decision = null,
        }),
        DisclosureWithdrawn withdrawn => @case.WithDisclosure(withdrawn.Number, disclosure => disclosure with { Stage = DisclosureStage.Withdrawn }),
        ApprovalLinkIssued issued => @case.WithDisclosure(issued.Number, disclosure => disclosure with
        {
            Links = [.. disclosure.Links, new(issued.Request, issued.TokenHash, issued.PersonId, issued.EndsAt)],
        }),
        ApprovalReminded reminded => @case.WithDisclosure(reminded.Number, disclosure => disclosure with { Reminded = true }),
        ApprovalEscalated escalated => @case.WithDisclosure(escalated.Number, disclosure => disclosure with { Escalated = true }),
        ApprovalLapsed lapsed => @case.WithDisclosure(lapsed.Number, disclosure => disclosure with { Stage = DisclosureStage.Lapsed }),
        DisclosureDecided decided => @case.WithDisclosure(decided.Number, disclosure => disclosure with
        {
            Stage = decided.Outcome switch
            {
                ApprovalOutcome.Approved => DisclosureStage.Approved,
                ApprovalOutcome.Refused => DisclosureStage.Refused,
                _ => DisclosureStage.ChangeAsked,
            },
            Decision = new(decided.Outcome, decided.Reasons, actorId, at),
        }),
        DisclosureMade made => @case.WithDisclosure(made.Number, disclosure => disclosure with { Stage = DisclosureStage.Made, Act = made.Act }),
        DateChanged changed => Move(@case, changed),
        EligibilityAdded added => @case with { Bases = [.. @case.Bases, added.Basis] },
        CategoryChanged changed => @case with { Category = changed.To },
        PreExitReviewRecorded review => @case with
        {
            PreExitReviews = [.. @case.PreExitReviews, new(review.Conclusion, review.ConsiderCategory3, actorId, at)],
        },
        DutyReminded reminded => @case with { Reminded = [.. @case.Reminded, reminded.Key] },
        DutyEscalated escalated => @case with { Escalated = [.. @case.Escalated, escalated.Key] },
        CaseClosed closed => @case with
        {
            Stage = CaseStage.Closed,
            Exit = new(closed.Reason, closed.LastDay, closed.Explanation, at),
        },
        ApprovalAttemptRefused => @case,
        _ => throw new InvalidOperationException($"{@event.GetType().Name} is not known to the case's history."),
    };

    private static Case Move(Case @case, DateChanged changed) => changed.Which switch
    {
        CaseDate.Release => @case with { ReleaseDate = changed.To },
        CaseDate.LicenceEnd => @case with { LicenceEnd = changed.To },
        _ => @case.WithBasis(changed, basis => basis with { EndsOn = changed.To, Indefinite = changed.To is null }),
    };

    private static Case WithMeeting(this Case @case, int number, Func<Meeting, Meeting> change) =>
        @case with { Meetings = [.. @case.Meetings.Select(meeting => meeting.Number == number ? change(meeting) : meeting)] };

    private static Case WithDisclosure(this Case @case, int number, Func<Disclosure, Disclosure> change) =>
        @case with { Disclosures = [.. @case.Disclosures.Select(disclosure => disclosure.Number == number ? change(disclosure) : disclosure)] };

    /// <summary>Changes the basis that the event names; where it names none, the newest of its category.</summary>
    private static Case WithBasis(this Case @case, DateChanged changed, Func<EligibilityBasis, EligibilityBasis> change)
    {
        var meant = @case.Bases.LastOrDefault(basis => changed.Basis is null ? basis.Category == changed.Which.Ends() : basis.Id == changed.Basis);
        return @case with { Bases = [.. @case.Bases.Select(basis => ReferenceEquals(basis, meant) ? change(basis) : basis)] };
    }
}
