namespace MappaFlows.Web.Pages.Cases;

/// <summary>
/// The page that a person sees before something that cannot be undone: whom it is about, what they typed, what follows, which dates are set
/// or end, and who gets an email. The layout shows it in place of the form. What was typed goes along unseen, so that both ways lead on:
/// to do it, or back to the form.
/// </summary>
/// <param name="Text">The words of the page's own.</param>
/// <param name="Changes">What moves; null where the person could not read the case afterwards.</param>
/// <param name="Emailed">Who gets an email.</param>
/// <param name="Key">Names this one sending of the form.</param>
/// <param name="Typed">The fields of the form, as they were sent.</param>
/// <param name="FormPath">The form, which is filled in again; null where what was typed is not kept and has to be sent back.</param>
public sealed record CommandCheck(
    CheckText Text,
    ChangePreview? Changes,
    IReadOnlyList<string> Emailed,
    string Key,
    IReadOnlyList<KeyValuePair<string, string>> Typed,
    string? FormPath)
{
    /// <summary>Whether the button is red: someone is managed no longer, or something ends for good.</summary>
    public bool IsWarning => Text.Warning is not null || Changes is { ClosesSoon: not null } or { CategoryEndsSoon: not null };
}

/// <summary>What a check page says of one act.</summary>
/// <param name="Heading">For example "Check before you close the case".</param>
/// <param name="Button">What the button does, for example "Close the case".</param>
public sealed record CheckText(string Heading, string Button)
{
    /// <summary>A consequence that cannot be undone and may do harm; null for none.</summary>
    public string? Warning { get; init; }

    /// <summary>What follows, besides dates and emails.</summary>
    public IReadOnlyList<string> Follows { get; init; } = [];

    /// <summary>What was typed.</summary>
    public IReadOnlyList<CheckRow> Answers { get; init; } = [];
}

/// <summary>A question of the form and what was answered.</summary>
public sealed record CheckRow(string Question, string? Answer);
