namespace MappaFlows.Core.Streams;

/// <summary>Something that was asked of a stream. Fields may be missing: the decision says which.</summary>
public abstract record Command;
