using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MappaFlows.Testing.Product;

namespace MappaFlows.Local.Tests.Process;

/// <summary>What the product leaves on the machine is for its owner alone.</summary>
public sealed class PrivacyTests : IDisposable
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly DataFolder _data = new();

    [Fact]
    public async Task Every_file_and_folder_is_readable_by_its_owner_alone_the_backup_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
        var data = Path.Combine(_data.Path, "own");
        await using var product = await ProductProcess.StartAsync(data);
        await product.ReferAsync();
        await product.AdvanceAsync("P2D");
        var copy = Path.Combine(_data.Path, "backup.db");
        var (code, _, errors) = await ProductProcess.RunToEndAsync("--data", data, "--backup", copy);
        Assert.True(code == 0, errors);

        var all = Directory.EnumerateFileSystemEntries(data, "*", SearchOption.AllDirectories).Append(data).Append(copy).ToList();
        Assert.Contains(all, path => path.EndsWith("-wal", StringComparison.Ordinal));
        Assert.Contains(all, path => path.EndsWith("clock.json", StringComparison.Ordinal));
        Assert.Contains(all, path => path.Contains("checkpoint-", StringComparison.Ordinal));
        Assert.Contains(all, path => path.Contains("key-", StringComparison.Ordinal));
        Assert.All(all, path => Assert.True((ModeOf(path) & Others) == 0, $"{path}: {ModeOf(path)}"));
    }

    [Fact]
    public async Task A_store_that_an_earlier_version_left_readable_to_all_is_closed_to_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
        var store = Path.Combine(_data.Path, "mappaflows.db");
        await using (var first = await ProductProcess.StartAsync(_data.Path)) await first.StopAsync();
        Open(store, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        await using var product = await ProductProcess.StartAsync(_data.Path);
        Assert.True((ModeOf(store) & Others) == 0);
    }

    [Theory]
    [InlineData("--Logging:LogLevel:Microsoft.AspNetCore", "Information")]
    [InlineData("--Logging:LogLevel:Default", "Trace")]
    [InlineData("--Logging:Console:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Trace")]
    public async Task A_token_is_in_no_log_at_any_level(string setting, string level)
    {
        await using var product = await ProductProcess.StartAsync(
            _data.Path, setting, level, "--Logging:LogLevel:Microsoft.AspNetCore", level == "Trace" ? "Trace" : "Information");
        const string Token = "TOKEN0123456789012345678901234567890123456789";
        using var chair = product.As("charlie-chair");
        foreach (var client in new[] { product.Client, chair })
        {
            foreach (var path in new[]
            {
                $"/decide/MF-00000-00000/1?link={Token}",
                $"/sign-in?returnUrl={Uri.EscapeDataString($"/decide/MF-00000-00000/1?link={Token}")}",
                $"/sign-in-again?then={Uri.EscapeDataString($"/decide/MF-00000-00000/1?link={Token}")}",
            })
            {
                await client.GetAsync(path);
                await client.PostAsync(path, new FormUrlEncodedContent([]));
            }
        }

        await product.StopAsync();
        Assert.Contains("/decide/MF-00000-00000/1", product.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, product.Output + product.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_in_emails_work_though_the_address_was_given_with_a_slash_at_its_end()
    {
        // The process is started with a slash at the end of its address.
        await using var product = await ProductProcess.StartAsync(_data.Path, "--demo", "small");
        var mail = (await product.Client.GetFromJsonAsync<JsonElement>("/dev/mailbox.json")).EnumerateArray();
        var links = mail.SelectMany(item => item.GetProperty("links").EnumerateArray().Select(link => link.GetString()!)).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.StartsWith($"{product.Address.GetLeftPart(UriPartial.Authority)}/", link, StringComparison.Ordinal));
        Assert.All(links, link => Assert.DoesNotContain("//", new Uri(link).AbsolutePath, StringComparison.Ordinal));
        using var casey = product.As("casey-coordinator");
        using var page = await casey.GetAsync(links[0]);
        Assert.NotEqual(HttpStatusCode.NotFound, page.StatusCode);
    }

    public void Dispose() => _data.Dispose();

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private static void Open(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }
}
