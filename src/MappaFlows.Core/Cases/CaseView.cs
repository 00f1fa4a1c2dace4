using System.Globalization;

namespace MappaFlows.Core.Cases;

/// <summary>
/// A case as one person may read it. What is not theirs is not in it, so that whoever shows it cannot show too much. It is made anew from
/// what may be read, and not by taking away: what a case comes to hold later is hidden until somebody decides whose it is.
/// </summary>
public sealed class CaseView
{
    private CaseView(CaseScope scope, Timetable timetable)
    {
        Scope = scope;
        Timetable = timetable;
    }

    public CaseScope Scope { get; }

    /// <summary>What the case waits for, as far as the reader has to do with it.</summary>
    public Timetable Timetable { get; }

    /// <summary>
    /// The case. Below <see cref="CaseScope.Whole"/> the lists and dates of what is not shown are empty, and the category is the one that
    /// was sought; below <see cref="CaseScope.Referral"/> there is no category and no referrer either.
    /// </summary>
    public CaseState Case => Timetable.Case;

    public bool IsWhole => Scope == CaseScope.Whole;

    public bool ShowsReferral => Scope >= CaseScope.Referral;

    /// <summary>The case as this person may read it; null where they have no part in it.</summary>
    /// <param name="timetable">The whole of it.</param>
    public static CaseView? Of(Person reader, Timetable timetable)
    {
        if (Permissions.ScopeOf(reader, timetable.Case) is not { } scope) return null;
        if (scope == CaseScope.Whole) return new(scope, timetable);

        var state = Narrow(reader, scope, timetable.Case);
        return new(scope, timetable.Narrow(state, obligation => obligation.Part switch
        {
            CasePart.Screening => scope >= CaseScope.Referral,
            CasePart.Disclosure => state.Disclosures.Any(disclosure => disclosure.Number.ToString(CultureInfo.InvariantCulture) == obligation.Subject),
            _ => false,
        }));
    }

    /// <summary>Whether the event is the reader's to see.</summary>
    public bool Shows(CaseEvent happened) => Scope >= ScopeOf(happened);

    private static CaseScope ScopeOf(CaseEvent happened) => happened switch
    {
        ReferralSubmitted or InformationRequested or InformationGiven or ReferralAccepted or ReferralRefused => CaseScope.Referral,
        ObligationReminded { Kind: ObligationKind.DecideScreening or ObligationKind.GiveInformation } => CaseScope.Referral,
        ObligationEscalated { Kind: ObligationKind.DecideScreening or ObligationKind.GiveInformation } => CaseScope.Referral,
        _ => CaseScope.Whole,
    };

    private static CaseState Narrow(Person reader, CaseScope scope, CaseState whole)
    {
        var least = new CaseState
        {
            Reference = whole.Reference,
            Stage = whole.Stage,
            AreaCode = whole.AreaCode,
            LeadAgencyId = whole.LeadAgencyId,
            Referral = new() { Subject = Identity(whole.Referral.Subject) },
            ReferrerId = "",
            Disclosures = [.. whole.Disclosures.Where(disclosure => Permissions.MayRead(reader, disclosure))],
        };
        return scope < CaseScope.Referral
            ? least
            : least with
            {
                Category = whole.Referral.Placement.Category!.Value,
                Referral = whole.Referral,
                ReferrerId = whole.ReferrerId,
                ReferredAt = whole.ReferredAt,
                ScreeningSince = whole.ScreeningSince,
                InformationRequests = whole.InformationRequests,
                Screening = whole.Screening,
            };
    }

    /// <summary>What tells the person from others of the same name.</summary>
    private static ReferralSubject Identity(ReferralSubject subject) => new()
    {
        GivenNames = subject.GivenNames,
        FamilyName = subject.FamilyName,
        OtherNames = subject.OtherNames,
        DateOfBirth = subject.DateOfBirth,
    };
}

/// <summary>How much of a case somebody may read. Each holds the one before.</summary>
public enum CaseScope
{
    /// <summary>Whom it is about and how far it has come, besides the disclosures in which the reader has a part.</summary>
    Person,

    /// <summary>The referral as it was sent, questions and answers, and the screening decision with its reasons.</summary>
    Referral,

    /// <summary>Everything.</summary>
    Whole,
}
