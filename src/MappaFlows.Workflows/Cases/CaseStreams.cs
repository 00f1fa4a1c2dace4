namespace MappaFlows.Workflows.Cases;

/// <summary>Streams of cases by the case's reference.</summary>
public static class CaseStreams
{
    public static StreamId Of(CaseReference reference) => new(TableNames.Cases, reference.ToString());

    extension(OutboxDispatcher dispatcher)
    {
        /// <inheritdoc cref="OutboxDispatcher.TryDispatchAsync(StreamId, CancellationToken)"/>
        public Task<bool> TryDispatchAsync(CaseReference reference, CancellationToken cancellationToken) =>
            dispatcher.TryDispatchAsync(Of(reference), cancellationToken);
    }
}
