namespace MappaFlows.DurableTask.Embedded.Engine;

/// <summary>An instance cannot be run by this worker and fails. Another attempt would fail too.</summary>
internal sealed class CannotRunException(string errorType, string message) : Exception(message)
{
    /// <summary>The type by which the SDK's own workers name this failure.</summary>
    public string ErrorType { get; } = errorType;

    public static CannotRunException NotRegistered(string name) =>
        new("OrchestratorTaskNotFound", $"No orchestrator named '{name}' is registered.");

    public static CannotRunException OtherVersion(string version, string workerVersion) =>
        new("VersionMismatch", $"The instance's version '{version}' is not one that this worker (version '{workerVersion}') runs.");
}

/// <summary>This worker leaves instances of this version to another.</summary>
internal sealed class VersionLeftException(string version) : Exception($"This worker does not run version '{version}'.")
{
    public string Version { get; } = version;
}
