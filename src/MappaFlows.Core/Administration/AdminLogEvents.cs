namespace MappaFlows.Core.Administration;

/// <summary>An administrator asked for an action.</summary>
/// <param name="Target">What <see cref="RequestAction.Target"/> says.</param>
public sealed record ActionRequested(AdminAction Action, string Target, string Reason) : StreamEvent;

/// <summary>An action was carried out, or failed.</summary>
/// <param name="Request">The sequence of the request.</param>
/// <param name="IsDone">Whether the action did what it is for.</param>
/// <param name="Message">What happened, as a sentence for people.</param>
public sealed record ActionCompleted(long Request, bool IsDone, string Message) : StreamEvent;
