using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>The discloser records that the disclosure was made.</summary>
public sealed class MadeModel(CaseCommands commands, IPeopleDirectory people) : DisclosurePage(commands, people)
{
    [BindProperty]
    public MadeForm Input { get; set; } = new();

    public DisclosureContentModel Shown => new(Disclosure.Content, People.Name(Disclosure.DiscloserId));

    protected override CaseCommand Kind => new RecordDisclosure(Number, new());

    public override string? BlockedReason => Disclosure.Stage == DisclosureStage.Made ? "This disclosure was recorded already." : null;

    /// <summary>What is not as approved, which only the decision knows until it was sent once.</summary>
    public bool AsksWhy => !string.IsNullOrEmpty(Input.Explanation)
        || ModelState.ContainsKey($"{InputPrefix}.{nameof(Input.Explanation)}")
        || !Disclosure.IsApproved;

    public void OnGet()
    {
    }

    public Task<IActionResult> OnPostAsync() => ExecuteAsync(
        new RecordDisclosure(Number, new()
        {
            On = Input.On?.Value,
            Method = Input.Method,
            RecipientUndertook = Input.RecipientUndertook,
            Notes = Input.Notes,
            Explanation = Input.Explanation,
        }),
        DisclosurePath);
}

/// <summary>What the form asks.</summary>
public sealed class MadeForm
{
    [Display(Name = "The date of the disclosure")]
    public DateInput? On { get; set; }

    public DisclosureMethod? Method { get; set; }

    public bool? RecipientUndertook { get; set; }

    public string? Notes { get; set; }

    public string? Explanation { get; set; }
}
