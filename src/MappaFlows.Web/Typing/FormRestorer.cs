using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.Extensions.Primitives;

namespace MappaFlows.Web.Typing;

/// <summary>What was kept of the form that a page shows, the newest first.</summary>
public sealed record RestoredForm(IReadOnlyList<TypedForm> Kept)
{
    /// <summary>What the form was filled in with.</summary>
    public TypedForm Newest => Kept[0];

    /// <summary>What was kept for the form of this request; null where nothing was.</summary>
    public static RestoredForm? Of(HttpContext context) => context.Items[typeof(RestoredForm)] as RestoredForm;
}

/// <summary>Fills a form in with what its person typed before, as if it had just been posted, but without judging it.</summary>
public sealed class FormRestorer(
    TypedForms typed,
    ParameterBinder binder,
    IModelBinderFactory binders,
    IModelMetadataProvider metadata) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var done = await next();
        var http = context.HttpContext;
        if (context.HandlerInstance is not PageModel page
            || !HttpMethods.IsGet(http.Request.Method)
            || done.Exception is not null
            || done.Result is not (null or PageResult)
            || RestoredForm.Of(http) is not null
            || http.FindPerson() is not { } person
            || !context.ActionDescriptor.HandlerMethods.Any(handler => HttpMethods.IsPost(handler.HttpMethod))
            || !TypedFields.Bound(page.GetType()).Any())
        {
            return;
        }

        await FillAsync(page, await typed.FindAsync(person.Id, FormTicket.NameOf(http.Request), http.RequestAborted));
    }

    /// <summary>Fills the page in with one sheet that was kept of its form; whether there is such a sheet.</summary>
    public async Task<bool> RestoreAsync(PageModel page, Person person, string sheet)
    {
        var kept = await typed.FindAsync(person.Id, FormTicket.NameOf(page.Request), page.HttpContext.RequestAborted);
        if (kept.FirstOrDefault(form => form.Sheet.Id == sheet) is not { } wanted) return false;
        await FillAsync(page, [wanted]);
        return true;
    }

    private async Task FillAsync(PageModel page, IReadOnlyList<TypedForm> kept)
    {
        if (kept.Count == 0) return;
        page.HttpContext.Items[typeof(RestoredForm)] = new RestoredForm(kept);
        var fields = new TypedFields(page.GetType());
        var values = new FormValueProvider(
            BindingSource.Form,
            new FormCollection(kept[0].Fields
                .Where(field => fields.Includes(field.Name))
                .GroupBy(field => field.Name)
                .ToDictionary(group => group.Key, group => new StringValues([.. group.Select(field => field.Value)]))),
            CultureInfo.CurrentCulture);
        foreach (var property in page.PageContext.ActionDescriptor.BoundProperties.OfType<PageBoundPropertyDescriptor>())
        {
            var bound = property.Property;
            if (!TypedFields.Bound(page.GetType()).Contains(bound) || bound.IsDefined(typeof(NotKeptAttribute), inherit: true)) continue;
            if (!values.ContainsPrefix(property.Name)) continue;
            await BindAsync(page, property, values);
        }

        // Nothing was sent yet: what is wrong is said when it is.
        foreach (var entry in page.ModelState.Values)
        {
            entry.Errors.Clear();
            entry.ValidationState = ModelValidationState.Skipped;
        }
    }

    private async Task BindAsync(PageModel page, PageBoundPropertyDescriptor property, IValueProvider values)
    {
        var model = metadata is ModelMetadataProvider provider
            ? provider.GetMetadataForProperty(property.Property, property.ParameterType)
            : metadata.GetMetadataForType(property.ParameterType);

        // As of a post: the page's own properties are not bound to the address.
        BindingInfo info = new(property.BindingInfo ?? new()) { RequestPredicate = null };
        var result = await binder.BindModelAsync(
            page.PageContext,
            binders.CreateBinder(new() { Metadata = model, BindingInfo = info, CacheToken = property }),
            values,
            new() { Name = property.Name, ParameterType = property.ParameterType, BindingInfo = info },
            model,
            value: null);
        if (result.IsModelSet) property.Property.SetValue(page, result.Model);
    }
}
