using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MappaFlows.Tables;
using MappaFlows.Testing.Product;

namespace MappaFlows.Local.Tests.Process;

/// <summary>Starting the product, rightly and wrongly.</summary>
public sealed class StartTests : IDisposable
{
    private readonly DataFolder _data = new();

    [Theory]
    [InlineData("--sotre", "sqlite", "There is no option --sotre")]
    [InlineData("--demo", "large", "--demo is 'large'")]
    [InlineData("--store", "somewhere", "--store is none of")]
    [InlineData("--urls", "http://0.0.0.0:7099", "can be reached from other machines")]
    [InlineData("--urls", "http://*:7099", "can be reached from other machines")]
    [InlineData("--urls", "7099", "--urls has '7099'")]
    [InlineData("--urls", "http://127.0.0.1:7099/app", "--urls has")]
    [InlineData("--MappaFlows:Api:RequestsPerMinute", "0", "MappaFlows:Api:RequestsPerMinute must be at least 1")]
    [InlineData("--MappaFlows:Api:RequestsPerMinute", "many", "MappaFlows:Api:RequestsPerMinute")]
    public async Task An_option_that_cannot_be_ends_with_2_and_says_so(string option, string value, string message)
    {
        var (code, _, errors) = await ProductProcess.RunToEndAsync("--data", _data.Path, option, value);
        Assert.Equal(2, code);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_lists_the_options()
    {
        var (code, output, _) = await ProductProcess.RunToEndAsync("--help");
        Assert.Equal(0, code);
        foreach (var option in new[] { "--urls", "--data", "--store", "--demo", "--backup" }) Assert.Contains(option, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_where_to_look()
    {
        await using var product = await ProductProcess.StartAsync(_data.Path);
        await product.StopAsync();
        foreach (var place in new[] { "/sign-in", "/dev/mailbox", "/dev/clock", _data.Path }) Assert.Contains(place, product.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_plain_words()
    {
        await using var product = await ProductProcess.StartAsync(_data.Path);
        using var other = new DataFolder();
        var (code, _, errors) = await ProductProcess.RunToEndAsync("--urls", product.Address.ToString(), "--data", other.Path, "--demo", "none");
        Assert.Equal(1, code);
        Assert.Contains("choose another address with --urls", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_waits_and_takes_over_when_the_first_is_gone()
    {
        await using var first = await ProductProcess.StartAsync(_data.Path);
        var reference = await first.ReferAsync();
        await using var second = ProductProcess.Launch(_data.Path);
        await second.WaitForAsync("/alive");
        using (var health = await second.Client.GetAsync("/health"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
            var checks = (await health.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks");
            Assert.Contains("another process", checks.GetProperty("engine").GetString(), StringComparison.Ordinal);
        }

        // It answers all the same.
        Assert.Equal("Screening", (await second.CaseAsync(reference)).GetProperty("stage").GetString());
        await first.KillAsync();
        await second.WaitForAsync("/health");
        await second.AdvanceAsync("P10D");
        Assert.Single(await second.MailAsync("Screening decision due", reference));
        Assert.Contains("Another MappaFlows works on the same data", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_made_while_it_runs_is_a_whole_store()
    {
        await using var product = await ProductProcess.StartAsync(_data.Path);
        var reference = await product.ReferAsync();
        using var other = new DataFolder();
        var copy = Path.Combine(other.Path, "mappaflows.db");
        var (code, _, errors) = await ProductProcess.RunToEndAsync("--data", _data.Path, "--backup", copy);
        Assert.True(code == 0, errors);

        await using var restored = await ProductProcess.StartAsync(other.Path);
        Assert.Equal("Screening", (await restored.CaseAsync(reference)).GetProperty("stage").GetString());
    }

    [Fact]
    public async Task A_store_of_another_version_is_refused_in_words_and_left_as_it_was()
    {
        var path = Path.Combine(_data.Path, "mappaflows.db");
        await using (var older = new SqliteTableStore(path))
            await older.CommitAsync("People", "people", [new Insert("riley-referrer", new Dictionary<string, object> { ["Name"] = "Riley" })]);

        var (code, _, errors) = await ProductProcess.RunToEndAsync("--data", _data.Path);

        Assert.Equal(1, code);
        Assert.Contains("was made by another version of MappaFlows", errors, StringComparison.Ordinal);
        await using var store = new SqliteTableStore(path);
        Assert.Null(await store.GetAsync("Store", "store", "format"));
        Assert.NotNull(await store.GetAsync("People", "people", "riley-referrer"));
    }

    [Fact]
    public async Task Outside_Development_no_one_signs_in_and_nothing_of_development_is_there()
    {
        await using var product = await ProductProcess.StartAsync(_data.Path, "--environment", "Production");
        foreach (var path in new[] { "/sign-in", "/sign-out", "/dev/mailbox", "/dev/mailbox.json", "/dev/clock", "/dev/people", "/dev/styles" })
            Assert.Equal(HttpStatusCode.NotFound, (await product.Client.GetAsync(path)).StatusCode);
        using var client = product.As("casey-coordinator");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/cases")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/alive")).StatusCode);
    }

    [Fact]
    public async Task An_approval_token_is_in_no_log()
    {
        await using var product = await ProductProcess.StartAsync(_data.Path);
        var (reference, _) = await product.ProposeAsync();
        var mail = await product.WaitForMailAsync("Your decision is needed", reference);
        var link = new Uri(mail.GetProperty("links")[0].GetString()!).PathAndQuery;
        var token = link.Split('/')[^1];
        Assert.True(token.Length >= 43);
        using var chair = product.As("charlie-chair");
        foreach (var client in new[] { product.Client, chair })
        {
            await client.GetAsync(link);
            await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, link));
            await client.PostAsync(link, new FormUrlEncodedContent([]));
            await client.GetAsync($"/sign-in?returnUrl={Uri.EscapeDataString(link)}");
        }

        await product.StopAsync();
        Assert.DoesNotContain(token, product.Output + product.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _data.Dispose();
}
