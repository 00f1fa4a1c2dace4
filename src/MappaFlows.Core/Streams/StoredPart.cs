namespace MappaFlows.Core.Streams;

/// <summary>A part of a stream's state as it is stored.</summary>
/// <param name="Version">The version of the code that made it.</param>
public sealed record StoredPart(string Name, int Version, string Json);
