using static MappaFlows.Web.Pages.Cases.TimelineDetail;

namespace MappaFlows.Web.Pages.Cases.Screening;

/// <summary>What the screening decision shows of a case.</summary>
internal static class ScreeningWeb
{
    public static void Register(CaseWeb web) => web
        .Timeline<InformationRequested>(asked => new("More information asked for", Line("Question", asked.Question)))
        .Timeline<InformationGiven>(given => new("Question answered", Line("Answer", given.Answer), Line(null, "The screening clock starts again.")))
        .Timeline<ReferralAccepted>(accepted => new($"Accepted at {accepted.Level.Name().ToLowerInvariant()}", Line("Reasons", accepted.Reasons)))
        .Timeline<ReferralRefused>(refused => new("Referral not accepted", Line("Reasons", refused.Reasons)))
        .Obligation(ScreeningObligations.DecideScreening, new(
            _ => "Screening decision",
            _ => "Decide the screening",
            (reference, _) => Routes.Screening(reference)))
        .Obligation(ScreeningObligations.GiveInformation, new(
            _ => "Answer to the coordinator’s question",
            _ => "Answer the question",
            (reference, _) => Routes.Answer(reference)))
        .Success<DecideScreening>(Decided)
        .Success<GiveInformation>((_, now) => $"Your answer is sent.{now.Due(ScreeningObligations.DecideScreening, "A coordinator decides by the end of")}")
        .Actions(Possible)
        .Section(new("Screening/_Section", CaseSectionPlace.Next, view => !view.IsWhole && view.ShowsReferral && view.Case.Screening is not null))
        .Section(new("Screening/_Questions", CaseSectionPlace.Referral, view => view.Case.InformationRequests.Count > 0))
        .Endpoints(ScreeningEndpoints.Map)
        .EmailPage(ScreeningReactions.ScreeningPage, (email, _) => Routes.Screening(email.Reference))
        .EmailPage(ScreeningReactions.AnswerPage, (email, _) => Routes.Answer(email.Reference))
        .Document<IReadOnlyList<InformationRequest>>("informationRequests", view => view.ShowsReferral ? view.Case.InformationRequests : null)
        .Document<ScreeningResult>("screening", view => view.ShowsReferral ? view.Case.Screening : null);

    private static string Decided(DecideScreening decided, CaseView now) => decided.Outcome switch
    {
        ScreeningOutcome.Accept => $"The referral is accepted at {decided.Level!.Value.Name().ToLowerInvariant()}."
            + now.Due(MeetingObligations.HoldMeeting, "The first meeting must be held by")
            + now.Due(Level1ReviewObligations.ReviewLevel1, "The lead agency’s first review is due by"),
        ScreeningOutcome.Refuse => "The referral is not accepted. The referrer gets an email and can read your reasons.",
        _ => $"Your question is sent.{now.Due(ScreeningObligations.GiveInformation, "The referrer is asked to answer by the end of")}",
    };

    private static IEnumerable<(CaseCommand Command, CaseAction Action)> Possible(CaseActions now)
    {
        var stage = now.Case.Stage;
        if (stage == CaseStage.InformationRequested)
            yield return (new GiveInformation(null), now.Owed(ScreeningObligations.GiveInformation));
        if (stage is CaseStage.Screening or CaseStage.InformationRequested)
            yield return (new DecideScreening(), now.Owed(ScreeningObligations.DecideScreening));
    }
}
