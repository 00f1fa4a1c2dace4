using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MappaFlows.Web.Hosting;

/// <summary>Development, and a browser on the same machine: the only place where anyone may sign in as any person.</summary>
public static class OwnMachine
{
    /// <summary>Whether this request is one of Development and comes from this machine.</summary>
    /// <remarks>
    /// The name that was asked for has to be this machine's too: a site elsewhere can point its own name at 127.0.0.1, and its pages would
    /// then be let in.
    /// </remarks>
    public static bool IsAsking(HttpContext context) =>
        context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment()
        && context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && IsLoopback(context.Request.Host.Host);

    /// <summary>Whether the name is this machine's own: localhost or a loopback address.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
