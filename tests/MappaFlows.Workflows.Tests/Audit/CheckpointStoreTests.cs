using MappaFlows.Testing.Azurite;

namespace MappaFlows.Workflows.Tests.Audit;

/// <summary>The contract on a folder, and what only a folder has.</summary>
public sealed class FolderCheckpointStoreTests : CheckpointStoreContract, IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("mappaflows-vault-").FullName;

    protected override ICheckpointStore Checkpoints => new FolderCheckpointStore(Folder);

    protected override ICheckpointStore Reopened => new FolderCheckpointStore(Folder);

    private string Folder => Path.Combine(_parent, "audit");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public async Task Half_written_file_is_ignored()
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, ".0123456789abcdef"), "half");

        Assert.Empty(await Checkpoints.NamesAsync().ToListAsync());
        Assert.True(await Checkpoints.TryPutAsync("a.jsonl", "whole"u8.ToArray()));
        Assert.Equal(["a.jsonl"], await Checkpoints.NamesAsync().ToListAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("../a.jsonl")]
    [InlineData(".a")]
    [InlineData("a/b.jsonl")]
    public async Task A_name_leads_nowhere_else(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Checkpoints.TryPutAsync(name, "x"u8.ToArray()));
        await Assert.ThrowsAsync<ArgumentException>(() => Checkpoints.ReadAsync(name));
    }
}

/// <summary>The contract on the blobs of Azurite, over HTTP, and what only blobs have.</summary>
public sealed class BlobCheckpointStoreTests(
    BlobCheckpointStoreTests.Emulator emulator) : CheckpointStoreContract, IClassFixture<BlobCheckpointStoreTests.Emulator>
{
    private readonly string _container = "c" + Guid.NewGuid().ToString("N");

    protected override ICheckpointStore Checkpoints => BlobCheckpointStore.Open(emulator.ConnectionString, _container);

    protected override ICheckpointStore Reopened => BlobCheckpointStore.Open(emulator.ConnectionString, _container);

    [Fact]
    public void An_accounts_https_endpoint_is_opened_without_asking_it() =>
        Assert.NotNull(BlobCheckpointStore.Open("https://account.blob.core.windows.net/", "audit-heads"));

    [Theory]
    [InlineData("")]
    [InlineData("folder")]
    [InlineData("http://secret.blob.core.windows.net")]
    [InlineData("AccountName=secret;AccountKey=secret")]
    [InlineData("AccountKey=secret=;;=")]
    public void Invalid_account_is_refused_without_echo(string account)
    {
        var refused = Assert.Throws<ArgumentException>(() => BlobCheckpointStore.Open(account, "audit-heads"));

        Assert.DoesNotContain("secret", refused.ToString());
    }

    /// <summary>One Azurite for the tests of this class; each has a container of its own.</summary>
    public sealed class Emulator : IAsyncLifetime
    {
        private StorageEmulator? _storage;

        public string ConnectionString => _storage!.ConnectionString;

        public async ValueTask InitializeAsync() => _storage = await StorageEmulator.StartAsync(TestContext.Current.CancellationToken);

        public async ValueTask DisposeAsync()
        {
            if (_storage is not null) await _storage.DisposeAsync();
        }
    }
}
