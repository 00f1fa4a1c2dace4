using CsCheck;
using MappaFlows.Testing.Azurite;
using MappaFlows.Testing.Tables;

namespace MappaFlows.Tables.Tests;

/// <summary>
/// Random commits, made on a real store and on the model side by side: the same answers, the same refusals, the same rows. A failure prints
/// its seed.
/// </summary>
public sealed class ModelTests(AzuriteFixture azurite)
{
    // Few rows, so that commits meet; one of a plane that UTF-8 would sort elsewhere.
    private static readonly string[] Keys = ["a", "b", "c", "B", "\uFFFD", "😀"];

    /// <summary>A row, what to do with it, and which ETag to show: the current one (three in four) or an older one.</summary>
    private static readonly Gen<(ModelKind Kind, int Key, int Value, bool Current)> GenChange =
        Gen.Select(Gen.Enum<ModelKind>(), Gen.Int[0, Keys.Length - 1], Gen.Int[0, 999], Gen.Int[0, 3].Select(number => number > 0));

    private static readonly Gen<(ModelKind Kind, int Key, int Value, bool Current)[][]> GenCommits = GenChange.Array[1, 5].Array[1, 25];

    [Fact]
    public async Task SQLite_does_what_the_model_does()
    {
        using var folder = new TemporaryFolder();
        await using var store = new SqliteTableStore(folder.File("store.db"));
        await GenCommits.SampleAsync(commits => CompareAsync(store, commits), iter: 100 * FaultSeeds.Rounds, threads: 1);
    }

    [Fact]
    public async Task Azure_Tables_does_what_the_model_does()
    {
        var store = AzureTableStore.FromConnectionString(azurite.ConnectionString);
        await GenCommits.SampleAsync(commits => CompareAsync(store, commits), iter: 10 * FaultSeeds.Rounds, threads: 1);
    }

    private static async Task CompareAsync(ITableStore store, (ModelKind Kind, int Key, int Value, bool Current)[][] commits)
    {
        var table = "M" + Guid.NewGuid().ToString("N");
        var model = new ModelStore();
        // The model's ETags and the store's, pair by pair; 0 is one that neither ever gave out. An ETag tells the versions of one entity
        // apart: Azurite gives two rows of one commit the same one, so that each row keeps to its own.
        var etags = new Dictionary<int, string> { [0] = "W/\"datetime'2001-01-01T00%3A00%3A00.0000000Z'\"" };
        var history = Keys.ToDictionary(key => key, _ => new List<int> { 0 });
        foreach (var commit in commits)
        {
            var changes = commit
                .DistinctBy(change => change.Key)
                .Select(change => new ModelChange(
                    change.Kind,
                    Keys[change.Key],
                    change.Value,
                    change.Current
                        ? model.ETagOf(Keys[change.Key]) ?? 0 : history[Keys[change.Key]][change.Value % history[Keys[change.Key]].Count]))
                .ToList();
            var refusedRow = model.Commit(changes, out var written);
            try
            {
                var answered = await store.CommitAsync(table, "p", [.. changes.Select(change => ToChange(change, etags))]);
                Assert.Null(refusedRow);
                for (var i = 0; i < written.Length; i++)
                {
                    if (written[i] == 0)
                    {
                        Assert.Equal("", answered[i]);
                        continue;
                    }
                    etags.Add(written[i], answered[i]);
                    history[changes[i].Row].Add(written[i]);
                }
            }
            catch (EntityExistsException refused)
            {
                Assert.NotNull(refusedRow);
                Assert.Contains(changes, change => change.Row == refused.Row && change.Kind == ModelKind.Insert);
            }
            catch (EntityChangedException refused)
            {
                Assert.NotNull(refusedRow);
                Assert.Contains(changes, change => change.Row == refused.Row && change.Kind is ModelKind.Replace or ModelKind.Delete);
            }

            var page = await store.QueryAsync(table, "p", RowRange.All);
            Assert.Equal(model.Rows, page.Entities.Select(entity => (entity.Row, (int)entity.Properties["Value"])));
            Assert.All(page.Entities, entity => Assert.Equal(etags[model.ETagOf(entity.Row)!.Value], entity.ETag));
        }
        Assert.All(history.Values, versions => Assert.Equal(versions.Count, versions.Select(version => etags[version]).Distinct().Count()));
    }

    private static Change ToChange(ModelChange change, Dictionary<int, string> etags)
    {
        var properties = new Dictionary<string, object> { ["Value"] = change.Value };
        return change.Kind switch
        {
            ModelKind.Insert => new Insert(change.Row, properties),
            ModelKind.Replace => new Replace(change.Row, properties, etags[change.ETag!.Value]),
            ModelKind.Upsert => new Upsert(change.Row, properties),
            ModelKind.Delete => new Delete(change.Row, etags[change.ETag!.Value]),
            _ => new Delete(change.Row),
        };
    }
}
