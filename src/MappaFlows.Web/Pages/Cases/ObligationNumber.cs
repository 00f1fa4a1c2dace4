using System.Globalization;

namespace MappaFlows.Web.Pages.Cases;

/// <summary>Which one of its kind an obligation is, as a number.</summary>
internal static class ObligationNumber
{
    public static int? Of(Obligation obligation) => Of(obligation.Subject);

    public static int? Of(OwedObligation obligation) => Of(obligation.Subject);

    /// <param name="subject">As in <see cref="Obligation.Subject"/>.</param>
    public static int? Of(string subject) => subject switch
    {
        "first" => 1,
        "second" => 2,
        _ => int.TryParse(subject, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
    };

    /// <param name="key">As in <see cref="Obligation.Key"/>: kind, subject and date.</param>
    public static int? OfKey(string key) => key.Split('/') is [_, var subject, _] ? Of(subject) : null;
}
