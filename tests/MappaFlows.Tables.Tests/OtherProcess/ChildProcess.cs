using System.Diagnostics;

namespace MappaFlows.Tables.Tests.OtherProcess;

/// <summary>This program once more, as another process beside the tests. It says a line for each thing it has done.</summary>
internal sealed class ChildProcess : IDisposable
{
    public const string Argument = "--other-process";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public static ChildProcess Start(string role, string file)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // Under "dotnet test" the program is its own; under an IDE it can be "dotnet program.dll".
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        foreach (var argument in new[] { Argument, role, file })
            start.ArgumentList.Add(argument);
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>The next line that the process says, or null at its end.</summary>
    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);

    /// <summary>Kills it with no chance to tidy up, and answers every line that it still got out.</summary>
    public async Task<List<string>> KillAsync()
    {
        _process.Kill();
        var lines = new List<string>();
        while (await ReadLineAsync() is { } line)
            lines.Add(line);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return lines;
    }

    /// <summary>Tells it to end by itself, and answers every line that it still says.</summary>
    public async Task<List<string>> EndAsync()
    {
        _process.StandardInput.Close();
        var lines = new List<string>();
        while (await ReadLineAsync() is { } line)
            lines.Add(line);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(0, _process.ExitCode);
        return lines;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
