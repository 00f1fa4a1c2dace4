namespace MappaFlows.Workflows.Tests.Administration;

/// <summary>Entries in the administrators' log without the actions.</summary>
internal static class AdminLogSamples
{
    /// <summary>Records a request, and returns its number in the log.</summary>
    public static async Task<long> RequestAsync(CommandHandler<AdminLogState> handler, string key, string reason = "why")
    {
        var result = await handler.ExecuteAsync(
            SamplePeople.Administrator,
            AdminLogModel.Id,
            new RequestAction(AdminAction.Purge, "a", reason),
            key);
        return Assert.IsType<CommandResult<AdminLogState>.Done>(result).Sequence;
    }

    /// <summary>Records the outcome of a request.</summary>
    public static async Task CompleteAsync(CommandHandler<AdminLogState> handler, long request, bool isDone = true, string message = "It was removed.") =>
        Assert.IsType<CommandResult<AdminLogState>.Done>(
            await handler.ExecuteAsync(SamplePeople.Administrator, AdminLogModel.Id, new CompleteAction(request, isDone, message),
                key: null));
}
