namespace MappaFlows.Testing.Tables;

/// <summary>Says what happens to each call of a store.</summary>
public abstract class FaultPlan
{
    /// <summary>Called once for each call, by one thread at a time.</summary>
    public abstract Fault FaultFor(StoreCall call);

    /// <summary>Faults at random, the same ones for the same seed and order of calls.</summary>
    /// <param name="seed">Print it where a test fails: it replays.</param>
    /// <param name="rates">How probable each fault is; together at most 1.</param>
    public static FaultPlan Seeded(int seed, IReadOnlyDictionary<Fault, double> rates) => new SeededPlan(seed, rates);

    /// <summary>Every kind of fault, together in <paramref name="rate"/> of all calls.</summary>
    public static FaultPlan Seeded(int seed, double rate = 0.2)
    {
        var kinds = Enum.GetValues<Fault>().Where(fault => fault != Fault.None).ToList();
        return Seeded(seed, kinds.ToDictionary(fault => fault, _ => rate / kinds.Count));
    }

    /// <summary>One fault, at the first call that fits.</summary>
    public static FaultPlan Once(Fault fault, Func<StoreCall, bool> fits) => new OncePlan(fault, fits);

    /// <summary>Whatever the function says.</summary>
    public static FaultPlan Of(Func<StoreCall, Fault> faultFor) => new FunctionPlan(faultFor);

    private sealed class SeededPlan : FaultPlan
    {
        private readonly Random _random;
        private readonly IReadOnlyDictionary<Fault, double> _rates;

        public SeededPlan(int seed, IReadOnlyDictionary<Fault, double> rates)
        {
            if (rates.Values.Any(rate => rate is < 0 or > 1) || rates.Values.Sum() > 1.000001)
                throw new ArgumentException("Rates are probabilities, together at most 1.", nameof(rates));
            _random = new Random(seed);
            _rates = rates;
        }

        public override Fault FaultFor(StoreCall call)
        {
            var drawn = _random.NextDouble();
            foreach (var (fault, rate) in _rates)
            {
                if (drawn < rate)
                    return fault;
                drawn -= rate;
            }
            return Fault.None;
        }
    }

    private sealed class OncePlan(Fault fault, Func<StoreCall, bool> fits) : FaultPlan
    {
        private bool _done;

        public override Fault FaultFor(StoreCall call)
        {
            if (_done || !fits(call))
                return Fault.None;
            _done = true;
            return fault;
        }
    }

    private sealed class FunctionPlan(Func<StoreCall, Fault> faultFor) : FaultPlan
    {
        public override Fault FaultFor(StoreCall call) => faultFor(call);
    }
}
