using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Typing;

/// <summary>A form that was sent with a true ticket, and what became of what it says.</summary>
public sealed class PostedForm
{
    private readonly List<TypedField> _fields;

    internal PostedForm(FormTicket ticket, IFormCollection form, CompiledPageActionDescriptor page)
    {
        Ticket = ticket;
        Page = page;
        WasKept = form.ContainsKey(FormNames.Kept);
        IsKeeping = form.ContainsKey(FormNames.Keep);
        IsEmptying = form.ContainsKey(FormNames.Empty);
        var kept = new TypedFields(page.HandlerTypeInfo);
        _fields =
        [
            .. from field in form
               where kept.Includes(field.Key)
               from value in field.Value
               select new TypedField(field.Key, value ?? ""),
        ];
        HasText = kept.HasText(_fields);
    }

    public FormTicket Ticket { get; }

    /// <summary>The page that it was sent to.</summary>
    public CompiledPageActionDescriptor Page { get; }

    /// <summary>What was typed, without what never comes back.</summary>
    public IReadOnlyList<TypedField> Fields => _fields;

    /// <summary>Whether there is anything in it that a person would miss.</summary>
    public bool HasText { get; }

    /// <summary>Whether the browser kept some of it before.</summary>
    public bool WasKept { get; }

    /// <summary>Whether it was sent to be kept only.</summary>
    public bool IsKeeping { get; }

    /// <summary>Whether it was sent to be emptied.</summary>
    public bool IsEmptying { get; }

    /// <summary>Whether the one who sent it is the one whom it belongs to.</summary>
    public bool IsOwn { get; internal set; }

    /// <summary>Whether it is kept in the store by now.</summary>
    public bool IsKept { get; internal set; }

    /// <summary>Whether what it says is recorded, although it is shown once more.</summary>
    public bool IsRecorded { get; private set; }

    /// <summary>Whether it waits for something, although the answer leads to another page.</summary>
    public bool Waits { get; private set; }

    internal bool IsFinished { get; set; }

    /// <summary>The form of this request; null where none was sent with a true ticket.</summary>
    public static PostedForm? Of(HttpContext context) => context.Items[typeof(PostedForm)] as PostedForm;

    /// <summary>All of it is recorded. A page whose answer is no 303 says so.</summary>
    public void Record() => IsRecorded = true;

    /// <summary>It is not recorded yet. A page whose answer is a 303 all the same says so.</summary>
    public void Wait() => Waits = true;

    /// <summary>Keeps another value than the one that was sent.</summary>
    public void Replace(string name, string value)
    {
        _fields.RemoveAll(field => field.Name == name);
        _fields.Add(new(name, value));
    }
}

/// <summary>Fields that every form carries beside its own.</summary>
internal static class FormNames
{
    /// <summary>The ticket.</summary>
    public const string Ticket = "__form";

    /// <summary>The browser kept some of it.</summary>
    public const string Kept = "__kept";

    /// <summary>It is sent to be kept only.</summary>
    public const string Keep = "__keep";

    /// <summary>It is sent to be emptied.</summary>
    public const string Empty = "__empty";
}
