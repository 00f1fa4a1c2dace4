using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace MappaFlows.Web.Pages.Styles;

/// <summary>Every component once, for those who write pages. Posting the form shows its errors, or what it bound.</summary>
[AllowAnonymous]
[DevelopmentOnly]
public sealed class StylesModel : PageModel
{
    /// <summary>The form's answers.</summary>
    [BindProperty]
    public StylesForm Input { get; set; } = new();

    /// <summary>The page of the list that is shown.</summary>
    [BindProperty(SupportsGet = true)]
    public int PageNumber { get; set; } = 4;

    /// <summary>Whether a post had no fault.</summary>
    public bool IsSaved { get; private set; }

    /// <summary>The areas to choose from.</summary>
    public IEnumerable<SelectListItem> Areas { get; } =
        [new("Choose an area", ""), new("Westmere and Mendip (made up)", "avonmouth"), new("Northmoor (made up)", "northmoor")];

    /// <summary>The agencies to choose from.</summary>
    public IEnumerable<SelectListItem> Agencies { get; } = [new("Police", "police"), new("Probation", "probation"), new("Prisons", "prisons")];

    /// <summary>Checks the form.</summary>
    public void OnPost() => IsSaved = ModelState.IsValid;
}

/// <summary>One answer for each kind of field.</summary>
public sealed class StylesForm
{
    /// <summary>A line of text.</summary>
    [Display(Name = "Surname")]
    [Required(ErrorMessage = "Enter a surname")]
    [StringLength(100, ErrorMessage = "Surname must be 100 characters or fewer")]
    public string? Surname { get; set; }

    /// <summary>A number.</summary>
    [Display(Name = "Working days")]
    [Range(1, 60, ErrorMessage = "Working days must be between 1 and 60")]
    public int? WorkingDays { get; set; }

    /// <summary>Lines of text.</summary>
    [Display(Name = "Reasons")]
    [Required(ErrorMessage = "Enter the reasons")]
    [StringLength(200, ErrorMessage = "Reasons must be 200 characters or fewer")]
    public string? Reasons { get; set; }

    /// <summary>A date.</summary>
    [Display(Name = "Date of birth")]
    [Required(ErrorMessage = "Enter a date of birth")]
    public DateInput? DateOfBirth { get; set; }

    /// <summary>One of few.</summary>
    [Display(Name = "Which level is proposed?")]
    [Required(ErrorMessage = "Select a level")]
    public string? Level { get; set; }

    /// <summary>Why level 3, asked where it is chosen.</summary>
    [Display(Name = "Why level 3?")]
    public string? WhyLevel3 { get; set; }

    /// <summary>Any of several.</summary>
    [Display(Name = "Which agencies are involved?")]
    [MinLength(1, ErrorMessage = "Select an agency")]
    public List<string> Agencies { get; set; } = [];

    /// <summary>One of many.</summary>
    [Display(Name = "Area")]
    [Required(ErrorMessage = "Select an area")]
    public string? Area { get; set; }
}
