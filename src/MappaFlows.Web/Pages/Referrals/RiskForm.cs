using System.ComponentModel.DataAnnotations;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>The risk as typed; see <see cref="ReferralRisk"/>.</summary>
public sealed class RiskForm
{
    public string? AssessmentTool { get; set; }

    public string? AssessmentScore { get; set; }

    [Display(Name = "Date of the assessment")]
    public DateInput? AssessedOn { get; set; }

    [Display(Name = "Risk to children")]
    public RiskLevel? ToChildren { get; set; }

    [Display(Name = "Risk to the public")]
    public RiskLevel? ToPublic { get; set; }

    [Display(Name = "Risk to a known adult")]
    public RiskLevel? ToKnownAdult { get; set; }

    [Display(Name = "Risk to staff")]
    public RiskLevel? ToStaff { get; set; }

    [Display(Name = "Risk to prisoners")]
    public RiskLevel? ToPrisoners { get; set; }

    internal static RiskForm From(ReferralRisk risk) => new()
    {
        AssessmentTool = risk.AssessmentTool,
        AssessmentScore = risk.AssessmentScore,
        AssessedOn = risk.AssessedOn is { } day ? DateInput.From(day) : null,
        ToChildren = risk.ToChildren,
        ToPublic = risk.ToPublic,
        ToKnownAdult = risk.ToKnownAdult,
        ToStaff = risk.ToStaff,
        ToPrisoners = risk.ToPrisoners,
    };

    internal ReferralRisk ToPart() => new()
    {
        AssessmentTool = AssessmentTool,
        AssessmentScore = AssessmentScore,
        AssessedOn = AssessedOn?.Value,
        ToChildren = ToChildren,
        ToPublic = ToPublic,
        ToKnownAdult = ToKnownAdult,
        ToStaff = ToStaff,
        ToPrisoners = ToPrisoners,
    };
}
