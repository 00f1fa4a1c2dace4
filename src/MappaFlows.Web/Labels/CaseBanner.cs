using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Labels;

/// <summary>
/// Whose case a page is about, above every page of a case: made from the reader's own view, so it shows nothing that they may not read.
/// </summary>
/// <param name="Born">Date of birth and age; null where the view has none.</param>
/// <param name="Facts">Level, category and risk of serious harm; empty for a reader who may not see the referral.</param>
public sealed record CaseBanner(string Name, string? Born, CaseReference Reference, IReadOnlyList<string> Facts)
{
    /// <summary>The banner of the case that the request is about; null where it is about none, or none that its reader may see.</summary>
    public static CaseBanner? Of(HttpContext context) => context.ShownCase() is { } view
        ? Of(view, LondonTime.Today(context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()))
        : null;

    public static CaseBanner Of(CaseView view, DateOnly today)
    {
        var current = view.Case;
        var subject = current.Referral.Subject;
        return new(
            subject.FullName(),
            subject.DateOfBirth is { } born ? $"{UkTime.Date(born)} (age {Age(born, today).ToString(CultureInfo.InvariantCulture)})" : null,
            current.Reference,
            view.ShowsReferral ? [.. FactsOf(view)] : []);
    }

    /// <summary>Whole years.</summary>
    public static int Age(DateOnly born, DateOnly today)
    {
        var years = today.Year - born.Year;
        return born.AddYears(years) > today ? years - 1 : years;
    }

    private static IEnumerable<string> FactsOf(CaseView view)
    {
        var current = view.Case;
        if (current.IsEmergency && (view.IsWhole || current.Screening is null)) yield return "Emergency";
        if (current.Stage.IsEnded()) yield return current.Stage.Label();

        // Who reads the referral alone knows the decision on it, and not what was changed since.
        var since = current.Screening switch
        {
            { Accepted: true } when view.IsWhole => "",
            { Accepted: true } => " (at screening)",
            _ => " (sought)",
        };
        if ((current.Level ?? current.Screening?.Level ?? current.Referral.Placement.LevelSought) is { } level)
            yield return level.Name() + since;
        yield return current.Category.Name() + since;
        yield return $"Risk of serious harm: {Risk(current.Referral.Risk)}";
    }

    /// <summary>The highest risk that the referral names, and to whom.</summary>
    private static string Risk(ReferralRisk risk)
    {
        (RiskLevel? Level, string To)[] all =
        [
            (risk.ToChildren, "children"),
            (risk.ToPublic, "the public"),
            (risk.ToKnownAdult, "a known adult"),
            (risk.ToStaff, "staff"),
            (risk.ToPrisoners, "prisoners"),
        ];
        return all.Max(one => one.Level) is { } highest
            ? $"{highest.Label().ToLowerInvariant()} ({PeopleLabels.List([.. all.Where(one => one.Level == highest).Select(one => one.To)])})"
            : "not recorded";
    }
}

/// <summary>Says to the layout which case a page is about.</summary>
internal static class ShownCases
{
    /// <summary>From now on every answer to this request, an error page too, carries the banner of the case.</summary>
    /// <param name="view">The reader's own view of it.</param>
    public static void ShowCase(this HttpContext context, CaseView view) => context.Items[typeof(CaseBanner)] = view;

    public static CaseView? ShownCase(this HttpContext context) => context.Items[typeof(CaseBanner)] as CaseView;
}
