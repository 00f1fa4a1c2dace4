#pragma warning disable IDE0130 // Two folders that import each other, for the rule to find.
namespace MappaFlows.Architecture.Cycle.One
{
    internal sealed record First(Two.Second? Other);
}

namespace MappaFlows.Architecture.Cycle.Two
{
    internal sealed record Second(One.First? Other);
}
