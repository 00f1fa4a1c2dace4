using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace MappaFlows.Web.Pages.Cases;

/// <summary>Works out the check page of a command.</summary>
public sealed class CommandChecks(CaseCommands commands, CaseWeb features, IPeopleDirectory people, TimeProvider time)
{
    private const string Slot = nameof(CommandCheck);

    /// <summary>What would follow from the command; null where it would be refused.</summary>
    /// <param name="view">The case as the person sees it now.</param>
    /// <param name="text">The words of the page; asked only where the command would be done.</param>
    /// <param name="prefix">What the fields of the form begin with.</param>
    public async Task<CommandCheck?> FindAsync(
        HttpContext context,
        CaseView view,
        CaseCommand command,
        Func<CheckText> text,
        string key,
        string prefix)
    {
        var preview = await commands.PreviewAsync(context.Person(), view.Case.Reference, command, context.RequestAborted);
        if (preview is null) return null;
        var today = LondonTime.Today(time.GetUtcNow());
        return new(
            text(),
            preview.After is { } after ? ChangePreview.Of(view.Timetable, after.Timetable, features, today) : null,
            await EmailedAsync(preview.Outbox, context.RequestAborted),
            key,
            [
                .. Typed(context).Where(field => field.Key.StartsWith($"{prefix}.", StringComparison.Ordinal)),
            ],
            RestoredForm.Of(context) is null ? null : context.Request.Path);
    }

    /// <summary>Lets the layout show the check page in place of the page's own content.</summary>
    public static void Show(ViewDataDictionary data, CommandCheck check) => data[Slot] = check;

    /// <summary>The check page to show; null for the page's own content.</summary>
    public static CommandCheck? In(ViewDataDictionary data) => data[Slot] as CommandCheck;

    /// <summary>Every field of the form: as it was kept, or as it was sent now.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Typed(HttpContext context) => RestoredForm.Of(context) is { } restored
        ? restored.Newest.Fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
        : context.Request.Form.SelectMany(field => field.Value, (field, value) => KeyValuePair.Create(field.Key, value ?? ""));

    private async Task<IReadOnlyList<string>> EmailedAsync(IEnumerable<OutboxItem> outbox, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        foreach (var to in outbox.OfType<SubmitEmail>().Select(email => email.EmailRequest.To).Distinct())
        {
            names.Add(to.PersonId is { } id
                ? (await people.FindAsync(id, cancellationToken))?.Name ?? id
                : $"{PeopleLabels.Agency(to.AgencyId)} (the agency’s mailbox)");
        }

        return names;
    }
}
