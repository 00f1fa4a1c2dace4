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

    [Display(Name = "Length in months")]
    public int? SentenceMonths { get; set; }

    public string? Summary { get; set; }

    public string? PreviousOffences { get; set; }

    public string? HospitalSection { get; set; }

    internal static OffenceForm From(ReferralOffence offence) => new()
    {
        IndexOffence = offence.IndexOffence,
        Kind = offence.Kind,
        Disposal = offence.Disposal,
        SentenceMonths = offence.SentenceMonths,
        Summary = offence.Summary,
        PreviousOffences = offence.PreviousOffences,
        HospitalSection = offence.HospitalSection,
    };

    internal ReferralOffence ToPart() => new()
    {
        IndexOffence = IndexOffence,
        Kind = Kind,
        Disposal = Disposal,
        SentenceMonths = SentenceMonths,
        Summary = Summary,
        PreviousOffences = PreviousOffences,
        HospitalSection = HospitalSection,
    };
}
