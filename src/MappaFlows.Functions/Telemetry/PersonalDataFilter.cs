using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace MappaFlows.Functions.Telemetry;

/// <summary>
/// Removes from every span what could identify a person: query strings, full addresses, client addresses, user names.
/// A path is replaced by its route, so that no id or token in it is kept.
/// </summary>
internal sealed class PersonalDataSpanFilter : BaseProcessor<Activity>
{
    private static readonly string[] Dropped =
    [
        "url.query", "url.full", "http.url", "http.target", "user_agent.original", "http.user_agent",
        "client.address", "network.peer.address", "net.peer.ip", "enduser.id", "user.id", "exception.message", "exception.stacktrace",
    ];

    public override void OnEnd(Activity activity)
    {
        foreach (var tag in Dropped)
            activity.SetTag(tag, null);

        if (activity.GetTagItem("url.path") is not null)
            activity.SetTag("url.path", activity.GetTagItem("http.route"));

        // A status description is an exception's message, and that may quote what was typed.
        if (activity.Status == ActivityStatusCode.Error)
            activity.SetStatus(ActivityStatusCode.Error);
    }
}

/// <summary>Keeps of an exception its type only: a message may quote what was typed.</summary>
internal sealed class PersonalDataLogFilter : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord record)
    {
        if (record.Exception is not { } exception)
            return;

        record.Exception = null;
        record.Attributes = [.. record.Attributes ?? [], new KeyValuePair<string, object?>("exception.type", exception.GetType().FullName)];
    }
}
