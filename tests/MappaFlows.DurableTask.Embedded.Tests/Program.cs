using MappaFlows.DurableTask.Embedded.Tests.Faults;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace MappaFlows.DurableTask.Embedded.Tests;

internal static class Program
{
    /// <summary>
    /// Runs the tests; or, told so by a test, is a host that will be killed or will hang; or writes the histories of this version.
    /// </summary>
    public static async Task<int> Main(string[] args)
    {
        if (args is [DoomedProcess.Argument, .. var doom])
            return await DoomedProcess.RunAsync(doom);
        if (args is [FrozenProcess.Argument, .. var hang])
            return await FrozenProcess.RunAsync(hang);
        if (args is [Histories.GoldenHistories.WriteArgument, var folder])
            return await Histories.GoldenHistories.WriteAsync(folder);
        return args.Contains("--server") || args.Contains("--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
