using System.Diagnostics;
using System.Globalization;
using MappaFlows.Tables;
using MappaFlows.Testing.Durable;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.Durable.Tests.Faults;

/// <summary>This program once more, as a host that kills itself, with no chance to tidy up, at a chosen commit.</summary>
internal static class DoomedProcess
{
    public const string Argument = "--doomed";
    private const int Finished = 0;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <returns>Whether the work was finished before the kill could happen.</returns>
    public static async Task<bool> StartAsync(string scenario, string file, int killAtCommit, Moment moment, DateTimeOffset now)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(DoomedProcess).Assembly.Location);
        string[] arguments =
        [
            Argument, scenario, file, killAtCommit.ToString(CultureInfo.InvariantCulture), moment.ToString(), now.ToString("O", CultureInfo.InvariantCulture),
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"The doomed process neither finished nor died: {await said}{await complained}");
        }
        if (process.ExitCode == Finished)
            return true;
        Assert.True((await said).Contains("doomed", StringComparison.Ordinal), $"The process failed before its time: {await complained}");
        return false;
    }

    public static async Task<int> RunAsync(string[] args)
    {
        var scenario = Scenario.Named(args[0]);
        var killAt = int.Parse(args[2], CultureInfo.InvariantCulture);
        var moment = Enum.Parse<Moment>(args[3]);
        var time = new FakeTimeProvider(DateTimeOffset.Parse(args[4], CultureInfo.InvariantCulture));
        await using var store = new SqliteTableStore(args[1]);
        var dying = new DyingStore(store, killAt, moment, () =>
        {
            Console.Out.WriteLine("doomed");
            Console.Out.Flush();
            using var self = Process.GetCurrentProcess();
            self.Kill();
        });
        await using var host = await EmbeddedHost.StartAsync(dying, scenario.Register, time: time);
        await scenario.Drive(host);
        return Finished;
    }
}
