using MappaFlows.Tables.Tests.OtherProcess;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace MappaFlows.Tables.Tests;

internal static class Program
{
    /// <summary>Runs the tests; or, told so by a test, is a process of its own that uses a store.</summary>
    public static async Task<int> Main(string[] args)
    {
        if (args is [ChildProcess.Argument, var role, var file])
            return await ChildRoles.RunAsync(role, file);
        return args.Contains("--server") || args.Contains("--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
