namespace MappaFlows.Core.Areas;

/// <summary>One of the 42 MAPPA areas.</summary>
/// <param name="Code">Stable: lower-case letters and hyphens, safe in a key and in an address. A renamed area keeps its code.</param>
/// <param name="Name">As people write it.</param>
public sealed record Area(string Code, string Name);
