using static MappaFlows.Web.Pages.Cases.TimelineDetail;

namespace MappaFlows.Web.Pages.Cases.Exits;

/// <summary>What dates, eligibility and the exit show of a case.</summary>
internal static class ExitWeb
{
    public static void Register(CaseWeb web) => web
        .Timeline<DateChanged>(changed => new(
            $"{changed.Date.Label()} changed",
            Line("From", changed.From is { } from ? UkTime.Date(from) : "Not set"),
            Line("To", changed.To is { } to ? UkTime.Date(to) : "No end"),
            Line("Sentence or order", changed.BasisId is { } basis ? $"Number {basis}" : null),
            Line("Why", changed.Reason)))
        .Timeline<EligibilityAdded>(added => new(
            "Sentence or order added",
            Line("Number", added.Basis.Id),
            Line("Category", added.Basis.Category.Label()),
            Line("From", UkTime.Date(added.Basis.StartsOn)),
            Line("Until", added.Basis.EndsOn is { } ends ? UkTime.Date(ends) : added.Basis.Indefinite ? "No end" : null),
            Line("What it is", added.Reason)))
        .Timeline<PreExitReviewRecorded>(review => new(
            "Review before exit recorded",
            Line("Conclusion", review.Conclusion),
            Line("Category 3 to be considered", PlainText.YesNo(review.ConsiderCategory3))))
        .Obligation(ExitObligations.ReviewBeforeExit, new(
            number => number == 2 ? "Second review before exit" : "First review before exit",
            _ => "Record the review before exit",
            (reference, _) => Routes.ExitReview(reference)))
        .Obligation(ExitObligations.ChangeCategory, ObligationWords.ByClock("The next category takes over"))
        .Obligation(ExitObligations.CloseCase, ObligationWords.ByClock("The case closes"))
        .Success<ChangeDate>((changed, now) =>
            $"{changed.Date!.Value.Label()} is now {(changed.To is { } to ? UkTime.Date(to) : "without end")}.{Closes(now)}")
        .Success<AddEligibility>((_, now) => $"The sentence or order is added.{Closes(now)}")
        .Success<RecordPreExitReview>((_, now) => $"The review before exit is recorded.{Closes(now)}")
        .Success<DecideExit>((_, _) => "The case is closed.")
        .Actions(Possible)
        .Section(new("Exits/_Section", CaseSectionPlace.Record, view => view.IsWhole))
        .Endpoints(ExitEndpoints.Map)
        .Document<IReadOnlyList<EligibilityBasis>>("bases", view => view.IsWhole ? view.Case.Bases : null)
        .Document<IReadOnlyList<PreExitReview>>("preExitReviews", view => view.IsWhole ? view.Case.PreExitReviews : null)
        .Document<DateOnly>("releaseDate", view => view.IsWhole ? view.Case.ReleaseDate : null)
        .Document<DateOnly>("licenceEnd", view => view.IsWhole ? view.Case.LicenceEnd : null)
        .Document<ExitRecord>("exit", view => view.IsWhole ? view.Case.Exit : null)
        .Document<ExitForecast>("forecast", view => view.IsWhole ? view.Timetable.Forecast : null);

    private static string Closes(CaseView now) => now.Due(ExitObligations.CloseCase, "The case closes by itself at the end of");

    private static IEnumerable<(CaseCommand Command, CaseAction Action)> Possible(CaseActions now)
    {
        if (!now.Case.IsManaged) yield break;
        if (now.View.Timetable.Find(ExitObligations.ReviewBeforeExit) is { } review && !(review.RemindAt > now.Now))
            yield return (new RecordPreExitReview(), now.Owed(ExitObligations.ReviewBeforeExit));
        yield return (new ChangeDate(), new("Change a date", Routes.Dates(now.Reference)));
        yield return (new AddEligibility(), new("Add a sentence or order", Routes.Eligibility(now.Reference)));
        yield return (new DecideExit(), new("Decide the exit", Routes.Exit(now.Reference)));
    }
}
