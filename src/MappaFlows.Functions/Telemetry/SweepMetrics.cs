using System.Diagnostics.Metrics;
using MappaFlows.Functions.Sweep;

namespace MappaFlows.Functions.Telemetry;

/// <summary>The counters that the alerts in <c>infra/app/alerts.bicep</c> watch. Numbers only.</summary>
public sealed class SweepMetrics
{
    public const string MeterName = "MappaFlows";

    readonly Counter<long> _runs;
    readonly Counter<long> _failures;
    readonly Counter<long> _deadLetters;
    readonly Counter<long> _missedDates;

    public SweepMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _runs = meter.CreateCounter<long>("mappaflows.sweep.runs", "{run}", "Sweeps that ended well.");
        _failures = meter.CreateCounter<long>("mappaflows.sweep.failures", "{run}", "Sweeps that ended with an error.");
        _deadLetters = meter.CreateCounter<long>("mappaflows.email.dead_letters", "{email}", "Notifications given up after their last try.");
        _missedDates = meter.CreateCounter<long>("mappaflows.dates.missed", "{date}", "Due dates that no timer served.");
    }

    public void Ended(SweepResult result)
    {
        _runs.Add(1);
        _deadLetters.Add(result.DeadLetters);
        _missedDates.Add(result.MissedDates);
    }

    public void Failed() => _failures.Add(1);
}
