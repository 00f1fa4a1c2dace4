namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>Waits for a condition, and fails the test when it does not come true.</summary>
internal static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!await condition())
        {
            Assert.True(Environment.TickCount64 < end, "The condition has not come true.");
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Fails when the task does not complete.</summary>
    public static Task ForAsync(Task task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);
}
