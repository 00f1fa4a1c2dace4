using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Forms;

/// <summary>303: what was posted is durably done; look there. A reload repeats nothing.</summary>
public sealed class SeeOther(string path) : ActionResult
{
    public string Path { get; } = path;

    public override void ExecuteResult(ActionContext context)
    {
        context.HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.HttpContext.Response.Headers.Location = Path;
    }
}
