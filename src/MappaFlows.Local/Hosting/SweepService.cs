namespace MappaFlows.Local.Hosting;

/// <summary>Sweeps at the start, to finish at once what a crash left, and then every half minute of real time.</summary>
internal sealed partial class SweepService(
    Sweep sweep,
    EarlyCheckpoints checkpoints,
    ILogger<SweepService> logger,
    StoreLog? log = null) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var grace = TimeSpan.Zero;
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        try
        {
            do
            {
                await TrySweepAsync(grace, stoppingToken);
                if (log?.IsNewlyTooLarge() == true) LogStoreLog(log.Words);
                grace = Sweep.Grace;
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TrySweepAsync(TimeSpan grace, CancellationToken stoppingToken)
    {
        try
        {
            await sweep.RunAsync(grace, stoppingToken);
            await checkpoints.RunAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Words}")]
    private partial void LogStoreLog(string words);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sweep failed and will be tried again.")]
    private partial void LogFailed(Exception exception);
}
