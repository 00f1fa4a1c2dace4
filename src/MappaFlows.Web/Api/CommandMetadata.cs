using Microsoft.AspNetCore.Builder;

namespace MappaFlows.Web.Api;

/// <summary>Which command an endpoint gives.</summary>
public sealed record CommandMetadata(Type Command);

/// <summary>The command counts only from a person who signed in just now.</summary>
internal sealed record FreshSignInMetadata;

internal static class CommandConventions
{
    public static RouteHandlerBuilder RequireFreshSignIn(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new FreshSignInMetadata());
}
