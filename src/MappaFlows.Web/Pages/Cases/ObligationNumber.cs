using System.Globalization;

namespace MappaFlows.Web.Pages.Cases;

/// <summary>Which one of its kind an obligation is, as a number.</summary>
internal static class ObligationNumber
{
    public static int? Of(Obligation obligation) => obligation.Number;

    public static int? Of(OwedObligation obligation) => Of(obligation.Subject);

    /// <param name="subject">As in <see cref="Obligation.Subject"/>.</param>
    public static int? Of(string subject) => subject switch
    {
        _ => int.TryParse(subject, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
    };
}
