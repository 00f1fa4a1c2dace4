using System.Diagnostics.Metrics;

namespace MappaFlows.Workflows.Telemetry;

/// <summary>The counters that an operator's alerts watch. Numbers only: no id, no name.</summary>
public sealed class ProductMetrics : IDisposable
{
    /// <summary>The meter by which a host exports them.</summary>
    public const string MeterName = "MappaFlows";

    // A meter for each product and not for the process: several products in one process (tests) count apart.
    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _runs;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _undelivered;
    private readonly Counter<long> _missedDates;
    private readonly Counter<long> _discrepancies;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _setAside;
    private readonly Counter<long> _strangers;

    public ProductMetrics()
    {
        _runs = _meter.CreateCounter<long>("mappaflows.sweep.runs", "{run}", "Sweeps that finished.");
        _failures = _meter.CreateCounter<long>("mappaflows.sweep.failures", "{run}", "Sweeps that failed, or could not handle a case or an email.");
        _undelivered = _meter.CreateCounter<long>("mappaflows.email.undelivered", "{email}", "Emails that no one got.");
        _missedDates = _meter.CreateCounter<long>("mappaflows.dates.missed", "{case}", "Cases with a date that no timer served.");
        _discrepancies = _meter.CreateCounter<long>("mappaflows.audit.discrepancies", "{case}", "Cases and checkpoints that differ from what was recorded.");
        _refused = _meter.CreateCounter<long>("mappaflows.requests.refused", "{request}", "Requests that came too fast.");
        _setAside = _meter.CreateCounter<long>("mappaflows.outbox.setaside", "{item}", "Outbox items that failed too often and wait for a person.");
        _strangers = _meter.CreateCounter<long>("mappaflows.decisions.refused", "{attempt}", "Attempts to decide a disclosure that were refused.");
    }

    /// <summary>A request came too fast and was refused.</summary>
    public void RequestRefused() => _refused.Add(1);

    /// <summary>An outbox item failed too often and was set aside.</summary>
    public void OutboxItemSetAside() => _setAside.Add(1);

    /// <summary>An attempt to decide a disclosure was refused, whether it was recorded or not.</summary>
    public void DecisionRefused() => _strangers.Add(1);

    /// <summary>A sweep finished.</summary>
    public void SweepEnded() => _runs.Add(1);

    /// <summary>A sweep failed, or could not handle a case or an email.</summary>
    public void SweepFailed() => _failures.Add(1);

    /// <summary>No one got an email.</summary>
    public void EmailUndelivered() => _undelivered.Add(1);

    /// <summary>A case had a date that no timer served; the sweep did.</summary>
    public void DateMissed() => _missedDates.Add(1);

    /// <summary>Cases or checkpoints were found to differ from what was recorded.</summary>
    public void DiscrepanciesFound(int count) => _discrepancies.Add(count);

    public void Dispose() => _meter.Dispose();

    /// <summary>Whether an instrument is one of these very counters, and not those of another product in the process.</summary>
    internal bool Owns(Instrument instrument) => instrument.Meter == _meter;
}
