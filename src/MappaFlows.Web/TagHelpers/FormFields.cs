using Microsoft.AspNetCore.Http;

namespace MappaFlows.Web.TagHelpers;

/// <summary>
/// The fields that a page has drawn, in their order. The error summary stands above them but is written after them (by the layout),
/// and so lists errors in the order of the page and links each to the very field to change.
/// </summary>
internal sealed class FormFields
{
    private readonly List<FormField> _fields = [];

    public IReadOnlyList<FormField> All => _fields;

    public static FormFields Of(HttpContext context)
    {
        if (context.Items[typeof(FormFields)] is not FormFields fields)
            context.Items[typeof(FormFields)] = fields = new FormFields();
        return fields;
    }

    public void Add(string name, string id) => _fields.Add(new FormField(name, id));
}

/// <summary>A field: its name in the model state, and the id of the control that an error's link focuses.</summary>
internal readonly record struct FormField(string Name, string Id);
