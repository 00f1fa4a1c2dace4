namespace MappaFlows.Web.Labels;

/// <summary>The last day for something; null where no clock runs.</summary>
public sealed record DueDay(DateOnly? Day, bool IsOverdue)
{
    public static DueDay Of(Obligation obligation, DateTimeOffset now) => new(obligation.Due?.Day, obligation.Due?.At <= now);

    public static DueDay Of(OwedObligation? obligation, DateTimeOffset now) => new(obligation?.Day, obligation?.Due <= now);
}
