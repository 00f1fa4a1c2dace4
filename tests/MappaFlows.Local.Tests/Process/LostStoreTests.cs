using MappaFlows.Tables;
using MappaFlows.Tables.Sqlite;
using MappaFlows.Testing.Product;

namespace MappaFlows.Local.Tests.Process;

/// <summary>A store that lost data, beside the traces of its older life, never passes for a new one.</summary>
public sealed class LostStoreTests : IDisposable
{
    private readonly DataFolder _data = new();

    private string Database => Path.Combine(_data.Path, "mappaflows.db");

    public static TheoryData<string> Losses => ["log removed", "log cut", "database removed", "database emptied", "all removed", "mark and database removed"];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task After_a_kill_a_store_that_lost_something_is_refused_in_words_until_a_person_accepts_it(string loss)
    {
        await using (var product = await ProductProcess.StartAsync(_data.Path))
        {
            await ReferAsync(product);
            await product.KillAsync();
        }

        Lose(loss);

        var (code, _, errors) = await StartAsync();
        Assert.Equal(1, code);
        Assert.Contains("--accept-store", errors, StringComparison.Ordinal);

        await using var accepted = await ProductProcess.StartAsync(_data.Path, "--accept-store", "The disk was lost");
        Assert.Contains("The disk was lost", await LogAsync(accepted), StringComparison.Ordinal);
        await accepted.StopAsync();
        if (loss != "log removed") return;
        await using var again = await ProductProcess.StartAsync(_data.Path);
    }

    [Fact]
    public async Task An_older_copy_that_was_put_back_is_refused_and_a_restored_backup_is_accepted_with_a_reason()
    {
        var copy = Path.Combine(_data.Path, "copy.db");
        await using (var product = await ProductProcess.StartAsync(_data.Path))
        {
            var (backup, _, _) = await ProductProcess.RunToEndAsync("--data", _data.Path, "--backup", copy);
            Assert.Equal(0, backup);
            await ReferAsync(product);
            await product.KillAsync();
        }

        foreach (var file in Directory.GetFiles(_data.Path, "mappaflows.db*")) File.Delete(file);
        File.Copy(copy, Database);

        var (code, _, errors) = await StartAsync();
        Assert.Equal(1, code);
        Assert.Contains("an older copy was put in its place", errors, StringComparison.Ordinal);
        await using var accepted = await ProductProcess.StartAsync(_data.Path, "--accept-store", "Restored the backup of Monday");
        Assert.Contains("Restored the backup of Monday", await LogAsync(accepted), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_store_in_its_place_is_refused()
    {
        using var other = new DataFolder();
        foreach (var folder in new[] { other.Path, _data.Path })
        {
            await using var product = await ProductProcess.StartAsync(folder);
            await ReferAsync(product);
            await product.StopAsync();
        }

        foreach (var file in Directory.GetFiles(_data.Path, "mappaflows.db*").Append(Path.Combine(_data.Path, "mappaflows.mark"))) File.Delete(file);
        foreach (var file in Directory.GetFiles(other.Path, "mappaflows.*"))
            File.Copy(file, Path.Combine(_data.Path, Path.GetFileName(file)));

        var (code, _, errors) = await StartAsync();

        Assert.Equal(1, code);
        Assert.Contains("is not the one that was in use there", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mark_that_a_loss_of_power_left_behind_or_cut_is_no_obstacle()
    {
        var mark = Path.Combine(_data.Path, "mappaflows.mark");
        foreach (var spoil in new Action[] { () => { }, () => File.Delete(mark), () => File.WriteAllBytes(mark, File.ReadAllBytes(mark)[..16]) })
        {
            await using (var store = new SqliteTableStore(Database, mark: new SqliteMark(mark)))
                await store.CommitAsync("Cases", "p", [new Upsert("r", new Dictionary<string, object>())]);
            spoil();
        }

        await using var last = new SqliteTableStore(Database, mark: new SqliteMark(mark));
        Assert.NotNull(await last.GetAsync("Cases", "p", "r"));
    }

    public void Dispose() => _data.Dispose();

    private Task<(int ExitCode, string Output, string Errors)> StartAsync() =>
        ProductProcess.RunToEndAsync("--urls", "http://127.0.0.1:0", "--data", _data.Path, "--demo", "none");

    private void Lose(string loss)
    {
        var log = Database + "-wal";
        switch (loss)
        {
            case "log removed":
                File.Delete(log);
                File.Delete(Database + "-shm");
                break;
            case "log cut":
                using (var file = new FileStream(log, FileMode.Open)) file.SetLength(file.Length / 2);
                break;
            case "database removed":
                File.Delete(Database);
                break;
            case "database emptied":
                File.WriteAllBytes(Database, []);
                break;
            case "mark and database removed":
                foreach (var file in Directory.GetFiles(_data.Path, "mappaflows.*")) File.Delete(file);
                File.Delete(Path.Combine(_data.Path, "store.id"));
                break;
            default:
                foreach (var file in Directory.GetFiles(_data.Path, "mappaflows.db*")) File.Delete(file);
                break;
        }
    }

    private static async Task ReferAsync(ProductProcess product)
    {
        for (var i = 0; i < 3; i++) await product.ReferAsync();
    }

    private static async Task<string> LogAsync(ProductProcess product)
    {
        using var client = product.As("alex-admin");
        return await client.GetStringAsync(new Uri("/operations/log", UriKind.Relative));
    }
}
