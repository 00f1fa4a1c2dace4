using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MappaFlows.Local.Hosting;

/// <summary>Watches SQLite's write-ahead log, which grows without end while another program keeps a read of the file open.</summary>
/// <param name="bytes">How large it is now.</param>
internal sealed class StoreLog(Func<long> bytes)
{
    /// <summary>Twice what the store keeps of it by itself.</summary>
    internal const long MaxBytes = 128L * 1024 * 1024;

    private bool _wasTooLarge;

    public bool IsTooLarge => bytes() > MaxBytes;

    public string Words => string.Create(
        CultureInfo.InvariantCulture,
        $"The store's write-ahead log has grown to {bytes() / (1024 * 1024)} MB. A program that reads the store's file keeps it open: close that program.");

    /// <summary>Whether it has become too large since this was last asked.</summary>
    public bool IsNewlyTooLarge()
    {
        var isNew = IsTooLarge && !_wasTooLarge;
        _wasTooLarge = IsTooLarge;
        return isNew;
    }
}

/// <summary>Says so on the health page. The product works on, so it stays ready.</summary>
internal sealed class StoreLogHealth(StoreLog log) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(log.IsTooLarge ? HealthCheckResult.Degraded(log.Words) : HealthCheckResult.Healthy("The write-ahead log is of its usual size."));
}
