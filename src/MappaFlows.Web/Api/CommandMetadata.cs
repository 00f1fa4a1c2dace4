using Microsoft.AspNetCore.Builder;

namespace MappaFlows.Web.Api;

/// <summary>Which command an endpoint gives.</summary>
public sealed record CommandMetadata(Type Command);

/// <summary>The command counts only from a person who signed in just now.</summary>
internal sealed record FreshSignInMetadata;

/// <summary>A refusal must not reveal something that the caller may not read.</summary>
/// <param name="Message">What to say in its place, with 404; null where the refusal may be shown.</param>
internal sealed record HiddenRefusalMetadata(Func<CaseState, CaseCommand, string?> Message);

internal static class CommandConventions
{
    public static RouteHandlerBuilder RequireFreshSignIn(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new FreshSignInMetadata());

    /// <inheritdoc cref="HiddenRefusalMetadata"/>
    public static RouteHandlerBuilder HideRefusal(this RouteHandlerBuilder endpoint, Func<CaseState, CaseCommand, string?> message) =>
        endpoint.WithMetadata(new HiddenRefusalMetadata(message));
}
