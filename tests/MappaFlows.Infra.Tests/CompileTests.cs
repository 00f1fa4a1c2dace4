namespace MappaFlows.Infra.Tests;

public class CompileTests
{
    [Fact]
    public async Task Every_file_lints_without_error_or_warning()
    {
        var lint = await BicepCompiler.RunAsync("lint", "--pattern", "./**/*.bicep");

        Assert.Equal("", lint.Diagnostics + lint.Output);
        Assert.Equal(0, lint.ExitCode);
    }

    [Fact]
    public async Task Every_file_is_formatted()
    {
        var copy = Directory.CreateTempSubdirectory("infra-format-").FullName;
        try
        {
            foreach (var file in BicepCompiler.Files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, file))!);
                File.Copy(Path.Combine(BicepCompiler.InfraFolder, file), Path.Combine(copy, file));
            }

            var format = await BicepCompiler.RunAsync("format", "--pattern", Path.Combine(copy, "**", "*.bicep"));

            Assert.True(format.ExitCode == 0, format.Diagnostics);
            Assert.All(BicepCompiler.Files, file => Assert.Equal(
                File.ReadAllText(Path.Combine(copy, file)),
                File.ReadAllText(Path.Combine(BicepCompiler.InfraFolder, file))));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public async Task The_linter_refuses_a_known_fault()
    {
        var folder = Directory.CreateTempSubdirectory("infra-lint-").FullName;
        try
        {
            var faulty = Path.Combine(folder, "faulty.bicep");
            await File.WriteAllTextAsync(faulty, "param unused string\n", TestContext.Current.CancellationToken);

            var lint = await BicepCompiler.RunAsync("lint", faulty, "--config", "bicepconfig.json");

            Assert.NotEqual(0, lint.ExitCode);
            Assert.Contains("no-unused-params", lint.Diagnostics, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void No_module_comes_from_a_registry()
    {
        foreach (var file in BicepCompiler.Files)
        {
            var text = File.ReadAllText(Path.Combine(BicepCompiler.InfraFolder, file));
            Assert.DoesNotContain("'br:", text, StringComparison.Ordinal);
            Assert.DoesNotContain("'br/", text, StringComparison.Ordinal);
            Assert.DoesNotContain("'ts:", text, StringComparison.Ordinal);
        }
    }
}
