namespace MappaFlows.Core;

/// <summary>Everything that a case can do: the one page on which a feature is added.</summary>
public static class CaseFeatures
{
    public static CaseModel Model { get; } = CaseModel.Build(LegacyFeature.Register);
}
