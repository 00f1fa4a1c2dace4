namespace MappaFlows.Workflows.Email;

/// <summary>Submits an email to the sender.</summary>
public sealed record SubmitEmail(EmailRequest EmailRequest) : OutboxItem;

/// <inheritdoc cref="SubmitEmail"/>
public sealed class SubmitEmailHandler(EmailSender sender, EmailQueueScheduler scheduler) : OutboxHandler<SubmitEmail>
{
    protected override async Task<bool> HandleAsync(string streamId, SubmitEmail item, CancellationToken cancellationToken)
    {
        var result = await sender.SubmitAsync(item.EmailRequest, cancellationToken);
        if (result == SubmitResult.Waits) await scheduler.WakeAsync(cancellationToken);
        return result != SubmitResult.Again;
    }
}
