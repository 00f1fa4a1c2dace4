using System.Diagnostics;
using System.Globalization;
using MappaFlows.Tables;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.DurableTask.Embedded.Tests.Faults;

/// <summary>This program once more, as a host that kills itself, with no chance to tidy up, at a chosen commit.</summary>
internal static class DoomedProcess
{
    public const string Argument = "--doomed";
    private const string ByNumber = "number";
    private const string ByPoint = "point";
    private const int Finished = 0;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Works at a scenario until the commit of that number, counted from 1.</summary>
    /// <returns>Whether the work was finished before the kill could happen.</returns>
    public static Task<bool> StartAsync(string scenario, string file, int killAtCommit, Moment moment, DateTimeOffset now) =>
        StartAsync(ByNumber, scenario, file, Text(now), killAtCommit.ToString(CultureInfo.InvariantCulture), moment.ToString());

    /// <summary>Works until a named point.</summary>
    /// <returns>Whether the work was finished before the kill could happen.</returns>
    public static Task<bool> StartAsync(KillPoint point, string file, DateTimeOffset now) =>
        StartAsync(ByPoint, point.Name, file, Text(now));

    public static async Task<int> RunAsync(string[] args)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse(args[3], CultureInfo.InvariantCulture));
        await using var store = new SqliteTableStore(args[2]);
        Scenario scenario;
        DyingStore dying;
        if (args[0] == ByPoint)
        {
            var point = KillPoint.Named(args[1]);
            scenario = point.Scenario;
            dying = new DyingStore(store, point.IsIt, point.Moment, Die);
        }
        else
        {
            scenario = Scenario.Named(args[1]);
            dying = new DyingStore(store, int.Parse(args[4], CultureInfo.InvariantCulture), Enum.Parse<Moment>(args[5]), Die);
        }
        await using var host = await EmbeddedHost.StartAsync(dying, scenario.Register, time: time);
        await scenario.Drive(host);
        return Finished;
    }

    /// <summary>Starts this program once more.</summary>
    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(DoomedProcess).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static async Task<bool> StartAsync(params string[] arguments)
    {
        using var process = Start([Argument, .. arguments]);
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

    private static void Die()
    {
        Console.Out.WriteLine("doomed");
        Console.Out.Flush();
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
