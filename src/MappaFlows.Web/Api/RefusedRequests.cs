using MappaFlows.Workflows.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Web.Api;

/// <summary>Counts the requests that came too fast, and logs now and then that they come.</summary>
internal sealed partial class RefusedRequests(ProductMetrics metrics, ILogger<RefusedRequests> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long _loggedAt;
    private int _since;

    public void Count(HttpContext context)
    {
        metrics.RequestRefused();
        int count;
        lock (_gate)
        {
            _since++;
            if (_loggedAt != 0 && TimeProvider.System.GetElapsedTime(_loggedAt) < Pause) return;
            _loggedAt = TimeProvider.System.GetTimestamp();
            count = _since;
            _since = 0;
        }

        LogTooMany(count, context.FindPerson()?.Id ?? "someone who has not signed in");
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Too many requests: {Count} were refused since the last such line, the latest from {Who}. A scan or a program without a pause looks like this.")]
    private partial void LogTooMany(int count, string who);
}
