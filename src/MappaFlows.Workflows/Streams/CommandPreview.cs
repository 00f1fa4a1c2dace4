namespace MappaFlows.Workflows.Streams;

/// <summary>What would follow from a command.</summary>
/// <param name="After">The state after it.</param>
/// <param name="Outbox">What would go out: emails, and signals to orchestrations.</param>
public sealed record CommandPreview<TState>(TState After, IReadOnlyList<OutboxItem> Outbox);
