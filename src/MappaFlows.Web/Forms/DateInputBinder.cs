using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace MappaFlows.Web.Forms;

/// <summary>Binds a <see cref="DateInput"/> from the fields <c>Name.Day</c>, <c>Name.Month</c> and <c>Name.Year</c>.</summary>
public sealed class DateInputBinder : IModelBinder
{
    /// <inheritdoc />
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var isPosted = false;
        var date = new DateInput(Field(nameof(DateInput.Day)), Field(nameof(DateInput.Month)), Field(nameof(DateInput.Year)));
        if (!isPosted)
            return Task.CompletedTask;

        if (!date.IsBlank && date.Read(bindingContext.ModelMetadata.GetDisplayName()).Error is { } error)
            bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, error);
        bindingContext.Result = ModelBindingResult.Success(date.IsBlank ? null : date);
        return Task.CompletedTask;

        string? Field(string part)
        {
            var key = ModelNames.CreatePropertyModelName(bindingContext.ModelName, part);
            var value = bindingContext.ValueProvider.GetValue(key);
            if (value == ValueProviderResult.None)
                return null;
            isPosted = true;
            bindingContext.ModelState.SetModelValue(key, value);
            return value.FirstValue;
        }
    }
}
