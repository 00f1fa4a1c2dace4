using System.Text;

namespace MappaFlows.Workflows.Tests.Audit;

/// <summary>What every vault must do. Each test has a vault of its own, which begins without so much as a folder or container.</summary>
public abstract class CheckpointStoreContract
{
    /// <summary>The vault under test.</summary>
    protected abstract ICheckpointStore Checkpoints { get; }

    /// <summary>The same documents, as another process has them.</summary>
    protected abstract ICheckpointStore Reopened { get; }

    [Fact]
    public async Task Empty_checkpoint_store_has_no_documents()
    {
        Assert.Null(await Checkpoints.ReadAsync("a.jsonl"));
        Assert.Empty(await Checkpoints.NamesAsync().ToListAsync());
    }

    [Fact]
    public async Task Document_is_read_back_exactly()
    {
        byte[] content = [0, 13, 10, 255, .. Encoding.UTF8.GetBytes("Zürich")];

        Assert.True(await Checkpoints.TryPutAsync("a.jsonl", content));

        Assert.Equal(content, await Checkpoints.ReadAsync("a.jsonl"));
        Assert.Equal(content, await Reopened.ReadAsync("a.jsonl"));
    }

    [Fact]
    public async Task A_name_that_is_taken_keeps_its_document()
    {
        await Checkpoints.TryPutAsync("a.jsonl", "first"u8.ToArray());

        Assert.False(await Checkpoints.TryPutAsync("a.jsonl", "second"u8.ToArray()));
        Assert.False(await Reopened.TryPutAsync("a.jsonl", "first"u8.ToArray()));

        Assert.Equal("first"u8.ToArray(), await Checkpoints.ReadAsync("a.jsonl"));
    }

    [Fact]
    public async Task Concurrent_put_of_one_name_keeps_one_document()
    {
        var contents = Enumerable.Range(0, 8).Select(i => Encoding.UTF8.GetBytes(new string((char)('a' + i), 50_000))).ToList();

        var put = await Task.WhenAll(contents.Select((content, i) => (i % 2 == 0 ? Checkpoints : Reopened).TryPutAsync("a.jsonl", content)));

        var winner = Assert.Single(contents.Zip(put), pair => pair.Second).First;
        Assert.Equal(winner, await Checkpoints.ReadAsync("a.jsonl"));
        Assert.Equal(["a.jsonl"], await Checkpoints.NamesAsync().ToListAsync());
    }

    [Fact]
    public async Task Names_are_listed_in_ordinal_order()
    {
        string[] names = ["checkpoint-0000000010.jsonl", "checkpoint-0000000002.jsonl", "Checkpoint-0000000003.jsonl", "checkpoint-0000000001.jsonl"];
        foreach (var name in names) await Checkpoints.TryPutAsync(name, "x"u8.ToArray());

        Assert.Equal(names.Order(StringComparer.Ordinal), await Reopened.NamesAsync().ToListAsync());
    }

    [Fact]
    public async Task A_document_of_many_heads_goes_in_whole()
    {
        var content = new byte[1_200_000];
        Random.Shared.NextBytes(content);

        await Checkpoints.TryPutAsync("large.jsonl", content);

        Assert.Equal(content, await Reopened.ReadAsync("large.jsonl"));
    }
}
