namespace MappaFlows.Core.Cases;

/// <summary>Applies the events of the features that have no state of their own yet.</summary>
internal static class CaseApply
{
    public static CaseState Begin(ReferralSubmitted submitted, DateTimeOffset at, string actorId) => new()
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

    public static CaseState Apply(CaseState state, CaseEvent happened, DateTimeOffset at, string actorId) => happened switch
    {
        InformationRequested asked => state with
        {
            Stage = CaseStage.InformationRequested,
            InformationRequests = [.. state.InformationRequests, new(asked.Question, at, null, null)],
        },
        InformationGiven given => state with
        {
            Stage = CaseStage.Screening,
            ScreeningSince = at,
            InformationRequests =
            [
                .. state.InformationRequests.SkipLast(1),
                state.InformationRequests[^1] with { Answer = given.Answer, AnsweredAt = at },
            ],
        },
        ReferralAccepted accepted => state with
        {
            Stage = CaseStage.Managed,
            AcceptedAt = at,
            Level = accepted.Level,
            LevelSince = at,
            Bases = accepted.Bases,
            Screening = new(true, accepted.Level, accepted.Reasons, actorId, at),
        },
        ReferralRefused refused => state with
        {
            Stage = CaseStage.Refused,
            Screening = new(false, null, refused.Reasons, actorId, at),
        },
        MeetingScheduled scheduled => state with
        {
            Meetings =
            [
                .. state.Meetings,
                new(scheduled.Number, scheduled.Level, scheduled.StartsAt, scheduled.Minutes, scheduled.Place, scheduled.Agencies),
            ],
        },
        MeetingMoved moved => state.WithMeeting(moved.Number, meeting => meeting with
        {
            StartsAt = moved.StartsAt,
            Minutes = moved.Minutes,
            Place = moved.Place,
            Moves = meeting.Moves + 1,
        }),
        MeetingRecorded recorded => state.WithMeeting(recorded.Number, meeting => meeting with { Outcome = recorded.Outcome, RecordedAt = at }),
        MinutesSent sent => state.WithMeeting(sent.Number, meeting => meeting with { MinutesSentAt = at }),
        Level1ReviewRecorded held => state with { Level1Reviews = [.. state.Level1Reviews, new(held.Number, held.Review, actorId, at)] },
        DisclosureProposed proposed => state with
        {
            Disclosures =
            [
                .. state.Disclosures,
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
        DisclosureRevised revised => state.WithDisclosure(revised.Number, disclosure => disclosure with
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
        DisclosureWithdrawn withdrawn => state.WithDisclosure(withdrawn.Number, disclosure => disclosure with { Stage = DisclosureStage.Withdrawn }),
        ApprovalLinkIssued issued => state.WithDisclosure(issued.Number, disclosure => disclosure with
        {
            Links = [.. disclosure.Links, new(issued.Request, issued.TokenHash, issued.PersonId, issued.EndsAt)],
        }),
        ApprovalReminded reminded => state.WithDisclosure(reminded.Number, disclosure => disclosure with { Reminded = true }),
        ApprovalEscalated escalated => state.WithDisclosure(escalated.Number, disclosure => disclosure with { Escalated = true }),
        ApprovalLapsed lapsed => state.WithDisclosure(lapsed.Number, disclosure => disclosure with { Stage = DisclosureStage.Lapsed }),
        DisclosureDecided decided => state.WithDisclosure(decided.Number, disclosure => disclosure with
        {
            Stage = decided.Outcome switch
            {
                ApprovalOutcome.Approved => DisclosureStage.Approved,
                ApprovalOutcome.Refused => DisclosureStage.Refused,
                _ => DisclosureStage.ChangeRequested,
            },
            Decision = new(decided.Outcome, decided.Reasons, actorId, at),
        }),
        DisclosureMade made => state.WithDisclosure(made.Number, disclosure => disclosure with { Stage = DisclosureStage.Made, Record = made.Record }),
        DateChanged changed => Move(state, changed),
        EligibilityAdded added => state with { Bases = [.. state.Bases, added.Basis] },
        PreExitReviewRecorded review => state with
        {
            PreExitReviews = [.. state.PreExitReviews, new(review.Conclusion, review.ConsiderCategory3, actorId, at)],
        },
        ApprovalAttemptRefused => state,
        _ => throw new InvalidOperationException($"{happened.GetType().Name} is not known to the case's history."),
    };

    private static CaseState Move(CaseState state, DateChanged changed) => changed.Which switch
    {
        CaseDate.Release => state with { ReleaseDate = changed.To },
        CaseDate.LicenceEnd => state with { LicenceEnd = changed.To },
        _ => state.WithBasis(changed, basis => basis with { EndsOn = changed.To, Indefinite = changed.To is null }),
    };

    private static CaseState WithMeeting(this CaseState state, int number, Func<Meeting, Meeting> change) =>
        state with { Meetings = [.. state.Meetings.Select(meeting => meeting.Number == number ? change(meeting) : meeting)] };

    private static CaseState WithDisclosure(this CaseState state, int number, Func<Disclosure, Disclosure> change) =>
        state with { Disclosures = [.. state.Disclosures.Select(disclosure => disclosure.Number == number ? change(disclosure) : disclosure)] };

    /// <summary>Changes the basis that the event names; where it names none, the newest of its category.</summary>
    private static CaseState WithBasis(this CaseState state, DateChanged changed, Func<EligibilityBasis, EligibilityBasis> change)
    {
        var meant = state.Bases.LastOrDefault(basis => changed.Basis is null ? basis.Category == changed.Which.Ends() : basis.Id == changed.Basis);
        return state with { Bases = [.. state.Bases.Select(basis => ReferenceEquals(basis, meant) ? change(basis) : basis)] };
    }
}
