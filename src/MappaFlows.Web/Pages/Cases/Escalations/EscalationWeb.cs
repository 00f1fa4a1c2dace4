using System.Globalization;
using static MappaFlows.Web.Pages.Cases.TimelineDetail;

namespace MappaFlows.Web.Pages.Cases.Escalations;

/// <summary>What was passed on, as a case shows it.</summary>
internal static class EscalationWeb
{
    public static void Register(CaseWeb web) => web
        .Timeline<OwnerReminded>((reminded, words) => new(
            "Reminded again by a colleague",
            Line("Of", words.Web.Title(reminded.Kind, reminded.Number)),
            Line("Who", reminded.OwnerId is { } id ? words.NameOf(id) : reminded.OwnerRole?.Holders())))
        .Timeline<EscalationNoted>((noted, words) => new(
            "Note on what was passed on",
            Line("What", words.Web.Title(noted.Kind, noted.Number)),
            Line("Done about it", noted.Note)))
        .Actions(Possible)
        .Endpoints(EscalationEndpoints.Map);

    /// <summary>A kind of obligation and its number in an address, such as "SendMinutes-2".</summary>
    public static string Slug(ObligationKind kind, int? number) =>
        number is { } which ? string.Create(CultureInfo.InvariantCulture, $"{kind.Name}-{which}") : kind.Name;

    private static IEnumerable<(CaseCommand Command, CaseAction Action)> Possible(CaseActions now) => now.View.Timetable.Obligations
        .Where(obligation => obligation.IsEscalated && obligation.Kind.PassedOnTo is not null)
        .Select(obligation => ((CaseCommand)new RemindOwner(obligation.Kind, obligation.Number), new CaseAction(
            $"See to what was passed on: {now.Web.Title(obligation)}",
            Routes.PassedOn(now.Reference, Slug(obligation.Kind, obligation.Number)),
            IsOwed: true)));
}
