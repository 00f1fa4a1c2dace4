namespace MappaFlows.Web.Hosting;

/// <summary>Says whether the store holds the made-up demo caseload, which every page then announces.</summary>
public interface IDemoNotice
{
    /// <summary>Whether to show the banner.</summary>
    bool IsDemo { get; }
}

/// <summary>Says whether the local time machine has moved the clock, which every page then announces (Development only).</summary>
public interface IClockNotice
{
    /// <summary>The product's present time if it is not the real one; null otherwise.</summary>
    DateTimeOffset? MovedTo { get; }
}

/// <summary>A store of real data, and the real time: what a host has that says nothing else.</summary>
internal sealed class NoNotice : IDemoNotice, IClockNotice
{
    public bool IsDemo => false;

    public DateTimeOffset? MovedTo => null;
}
