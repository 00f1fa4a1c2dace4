namespace MappaFlows.Core.Streams;

/// <summary>The address of a stream: a table, and a partition in it.</summary>
public readonly record struct StreamId(string Table, string Id)
{
    public override string ToString() => $"{Table}/{Id}";
}
