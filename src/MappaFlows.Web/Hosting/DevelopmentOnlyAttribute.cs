using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MappaFlows.Web.Hosting;

/// <summary>A page that exists in Development only, and only for a browser on the same machine. Everyone else gets 404.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DevelopmentOnlyAttribute : Attribute, IResourceFilter
{
    /// <inheritdoc />
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (!OwnMachine.IsAsking(context.HttpContext))
            context.Result = new NotFoundResult();
    }

    /// <inheritdoc />
    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
