using System.ComponentModel.DataAnnotations;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>The person as typed; see <see cref="ReferralSubject"/>.</summary>
public sealed class SubjectForm
{
    public string? GivenNames { get; set; }

    public string? FamilyName { get; set; }

    public string? OtherNames { get; set; }

    [Display(Name = "Date of birth")]
    public DateInput? DateOfBirth { get; set; }

    public string? Ethnicity { get; set; }

    public string? DiversityAndCommunication { get; set; }

    internal static SubjectForm From(ReferralSubject subject) => new()
    {
        GivenNames = subject.GivenNames,
        FamilyName = subject.FamilyName,
        OtherNames = subject.OtherNames,
        DateOfBirth = subject.DateOfBirth is { } day ? DateInput.From(day) : null,
        Ethnicity = subject.Ethnicity,
        DiversityAndCommunication = subject.DiversityAndCommunication,
    };

    internal ReferralSubject ToPart() => new()
    {
        GivenNames = GivenNames,
        FamilyName = FamilyName,
        OtherNames = OtherNames,
        DateOfBirth = DateOfBirth?.Value,
        Ethnicity = Ethnicity,
        DiversityAndCommunication = DiversityAndCommunication,
    };
}
