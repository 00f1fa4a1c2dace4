namespace MappaFlows.DurableTask.Contract;

/// <summary>The engines' names in <see cref="EngineDifferences"/>.</summary>
public static class Engines
{
    public const string Embedded = "Embedded";
    public const string InProcessTestHost = "InProcessTestHost";
    public const string AzureStorage = "AzureStorage";
}
