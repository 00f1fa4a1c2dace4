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
        .Actions(Possible)
        .Section(new("Screening/_Section", CaseSectionPlace.Next, view => !view.IsWhole && view.ShowsReferral && view.Case.Screening is not null))
        .Section(new("Screening/_Questions", CaseSectionPlace.Referral, view => view.Case.InformationRequests.Count > 0))
        .Endpoints(ScreeningEndpoints.Map)
        .EmailPage(ScreeningReactions.ScreeningPage, (email, _) => Routes.Screening(email.Reference))
        .EmailPage(ScreeningReactions.AnswerPage, (email, _) => Routes.Answer(email.Reference))
        .Document<IReadOnlyList<InformationRequest>>("informationRequests", view => view.ShowsReferral ? view.Case.InformationRequests : null)
        .Document<ScreeningResult>("screening", view => view.ShowsReferral ? view.Case.Screening : null);

    private static IEnumerable<(CaseCommand Command, CaseAction Action)> Possible(CaseActions now)
    {
        var stage = now.Case.Stage;
        if (stage == CaseStage.InformationRequested)
            yield return (new GiveInformation(null), now.Owed(ScreeningObligations.GiveInformation));
        if (stage is CaseStage.Screening or CaseStage.InformationRequested)
            yield return (new DecideScreening(), now.Owed(ScreeningObligations.DecideScreening));
    }
}
