namespace MappaFlows.Testing;

/// <summary>Waits for what must come, however busy the machine is, and fails the test when it does not come.</summary>
public static class Wait
{
    /// <summary>A limit and no measure: a busy machine may need it, and a test that passes never does.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

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

    /// <summary>Asks until there is an answer.</summary>
    public static async Task<T> ForAsync<T>(Func<Task<T?>> ask) where T : class
    {
        T? answer = null;
        await UntilAsync(async () => (answer = await ask()) is not null);
        return answer!;
    }

    /// <summary>Fails when the task does not complete.</summary>
    public static Task ForAsync(Task task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);
}
