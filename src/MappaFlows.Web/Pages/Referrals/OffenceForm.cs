using System.ComponentModel.DataAnnotations;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>The offence as typed; see <see cref="ReferralOffence"/>.</summary>
public sealed class OffenceForm
{
    public string? IndexOffence { get; set; }

    [Display(Name = "The kind of offence")]
    public Offence? Kind { get; set; }

    [Display(Name = "How the offence was dealt with")]
    public Disposal? Disposal { get; set; }

    [Display(Name = "Years")]
    public int? SentenceYears { get; set; }

    [Display(Name = "Months")]
    public int? SentenceMonths { get; set; }

    [Display(Name = "Weeks")]
    public int? SentenceWeeks { get; set; }

    [Display(Name = "Days")]
    public int? SentenceDays { get; set; }

    public string? Summary { get; set; }

    public string? PreviousOffences { get; set; }

    public string? HospitalSection { get; set; }

    internal static OffenceForm From(ReferralOffence offence) => new()
    {
        IndexOffence = offence.IndexOffence,
        Kind = offence.Kind,
        Disposal = offence.Disposal,
        SentenceYears = offence.SentenceYears,
        SentenceMonths = offence.SentenceMonths,
        SentenceWeeks = offence.SentenceWeeks,
        SentenceDays = offence.SentenceDays,
        Summary = offence.Summary,
        PreviousOffences = offence.PreviousOffences,
        HospitalSection = offence.HospitalSection,
    };

    internal ReferralOffence ToPart() => new()
    {
        IndexOffence = IndexOffence,
        Kind = Kind,
        Disposal = Disposal,
        SentenceYears = SentenceYears,
        SentenceMonths = SentenceMonths,
        SentenceWeeks = SentenceWeeks,
        SentenceDays = SentenceDays,
        Summary = Summary,
        PreviousOffences = PreviousOffences,
        HospitalSection = HospitalSection,
    };
}
