using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Binders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Web.Forms;

/// <summary>
/// Binds texts with line breaks of one character. Browsers send each as two, so that a text which was not touched would come back as
/// another one, and one of just the length that its field allows would be refused as too long.
/// </summary>
public sealed class TextBinder(IModelBinder plain) : IModelBinder
{
    public async Task BindModelAsync(ModelBindingContext bindingContext)
    {
        await plain.BindModelAsync(bindingContext);
        if (bindingContext.Result is { IsModelSet: true, Model: string text })
            bindingContext.Result = ModelBindingResult.Success(text.ReplaceLineEndings("\n"));
    }
}

/// <summary>Gives every text of a form its <see cref="TextBinder"/>.</summary>
public sealed class TextBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.ModelType == typeof(string) && context.BindingInfo.BindingSource is not { IsGreedy: true }
            ? new TextBinder(new SimpleTypeModelBinder(typeof(string), context.Services.GetRequiredService<ILoggerFactory>()))
            : null;
}
