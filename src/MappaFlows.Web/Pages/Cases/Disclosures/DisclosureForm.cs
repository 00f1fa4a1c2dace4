using System.ComponentModel.DataAnnotations;

namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>The content of a disclosure as it is typed; its fields are those of <see cref="DisclosureContent"/>.</summary>
public sealed class DisclosureForm
{
    public string? Information { get; set; }

    public string? RecipientName { get; set; }

    public string? RecipientContact { get; set; }

    public string? RecipientRelation { get; set; }

    public string? DiscloserId { get; set; }

    public DisclosureMethod? Method { get; set; }

    public string? ReasonsFor { get; set; }

    public string? ReasonsAgainst { get; set; }

    public string? Conditions { get; set; }

    public bool? PresumptionToDisclose { get; set; }

    public bool? SubjectInformed { get; set; }

    public string? SubjectInformedReasons { get; set; }

    [Display(Name = "The last day to make the disclosure")]
    public DateInput? MakeBy { get; set; }

    /// <summary>Asked when it is proposed; a change of content goes to the approver who has it.</summary>
    public string? ApproverId { get; set; }

    public static DisclosureForm Of(DisclosureContent content) => new()
    {
        Information = content.Information,
        RecipientName = content.RecipientName,
        RecipientContact = content.RecipientContact,
        RecipientRelation = content.RecipientRelation,
        DiscloserId = content.DiscloserId,
        Method = content.Method,
        ReasonsFor = content.ReasonsFor,
        ReasonsAgainst = content.ReasonsAgainst,
        Conditions = content.Conditions,
        PresumptionToDisclose = content.PresumptionToDisclose,
        SubjectInformed = content.SubjectInformed,
        SubjectInformedReasons = content.SubjectInformedReasons,
        MakeBy = content.MakeBy is { } makeBy ? DateInput.From(makeBy) : null,
    };

    public DisclosureContent ToContent() => new()
    {
        Information = Information,
        RecipientName = RecipientName,
        RecipientContact = RecipientContact,
        RecipientRelation = RecipientRelation,
        DiscloserId = DiscloserId,
        Method = Method,
        ReasonsFor = ReasonsFor,
        ReasonsAgainst = ReasonsAgainst,
        Conditions = Conditions,
        PresumptionToDisclose = PresumptionToDisclose,
        SubjectInformed = SubjectInformed,
        SubjectInformedReasons = SubjectInformedReasons,
        MakeBy = MakeBy?.Value,
    };
}
