using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Exits;

/// <summary>
/// Changes a date that clocks come from. A choice carries the date as it was seen: if someone else changes it first, the page says so
/// beside the choice, with what it is now.
/// </summary>
public sealed class DatesModel(CaseCommands commands, CaseWeb features, TimeProvider time) : PreviewedCommandPage(commands, features)
{
    [BindProperty]
    public DateForm Input { get; set; } = new();

    /// <summary>The dates that this case has, and what each is now.</summary>
    public IReadOnlyList<DateChoice> Dates => DateChoice.Of(DateDecisions.Changeable(Case, LondonTime.Today(time.GetUtcNow())));

    /// <summary>What was chosen among <see cref="Dates"/>; null where nothing was, or what there is no more.</summary>
    public DateChoice? Chosen
    {
        get
        {
            if (DateChoice.Read(Input.Date) is not ({ } which, var basis, _)) return null;
            var dates = Dates.Where(date => date.Date == which).ToList();
            return basis is null && dates is [var only] ? only : dates.Find(date => date.BasisId == basis);
        }
    }

    public bool CanBeEndless => Dates.Any(date => date.Date.MayHaveNoEnd());

    protected override CaseCommand Kind => new ChangeDate();

    public override string? BlockedReason => Case.IsManaged ? null : "Dates can be changed only while the person is managed.";

    private ChangeDate Command
    {
        get
        {
            var (which, basis, seen) = DateChoice.Read(Input.Date);
            return new()
            {
                Date = which,
                BasisId = basis,
                From = seen,
                To = Input.To?.Value,
                Indefinite = Input.Indefinite,
                Reason = Input.Reason,
            };
        }
    }

    public async Task<IActionResult> OnGetAsync() => Said(await ShowAsync(() => Command));

    public async Task<IActionResult> OnPostAsync() => Said(await CheckOrExecuteAsync(Command, CasePath));

    private IActionResult Said(IActionResult answer)
    {
        if (!ModelState.IsValid) ChooseAsItIsNow();
        return answer;
    }

    /// <summary>
    /// Which date, whose, and what it was are one choice of the form: their errors stand at it, and it is made again with what the date is
    /// now.
    /// </summary>
    private void ChooseAsItIsNow()
    {
        const string choice = $"{InputPrefix}.{nameof(DateForm.Date)}";
        foreach (var part in (string[])[nameof(ChangeDate.BasisId), nameof(ChangeDate.From)])
        {
            foreach (var error in ModelState[$"{InputPrefix}.{part}"]?.Errors ?? []) ModelState.AddModelError(choice, error.ErrorMessage);
            ModelState.Remove($"{InputPrefix}.{part}");
        }

        if (Chosen is { } chosen) ModelState.SetModelValue(choice, chosen.Value, chosen.Value);
    }
}

/// <summary>What the form asks.</summary>
public sealed class DateForm
{
    /// <summary>The <see cref="DateChoice.Value"/> of a choice.</summary>
    public string? Date { get; set; }

    [Display(Name = "The new date")]
    public DateInput? To { get; set; }

    public bool Indefinite { get; set; }

    public string? Reason { get; set; }
}
