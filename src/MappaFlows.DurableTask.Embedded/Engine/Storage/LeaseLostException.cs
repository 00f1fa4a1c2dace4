namespace MappaFlows.DurableTask.Embedded.Engine.Storage;

/// <summary>Another host has taken over. Nothing of the refused commit was stored.</summary>
internal sealed class LeaseLostException() : Exception("Another host has taken over this engine's store.");
