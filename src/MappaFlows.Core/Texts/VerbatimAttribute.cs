namespace MappaFlows.Core.Texts;

/// <summary>A text of the product itself, such as an id: it is kept as it is, and no one is told what is wrong with it.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class VerbatimAttribute : Attribute;
