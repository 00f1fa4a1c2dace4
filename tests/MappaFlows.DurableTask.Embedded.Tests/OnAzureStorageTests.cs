using MappaFlows.DurableTask.Contract;
using MappaFlows.DurableTask.Contract.Microsoft;
using MappaFlows.Testing.Azurite;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>The contract on Microsoft's engine over Azure Storage, in Azurite. Each test has a task hub of its own.</summary>
[Trait("Category", "Azurite")]
public sealed class OnAzureStorageTests(StorageFixture storage) : DurableTaskContract, IClassFixture<StorageFixture>
{
    protected override string EngineName => Engines.AzureStorage;

    protected override Task<IDurableTaskEngine> StartEngineAsync(EngineSetup setup) =>
        AzureStorageEngine.StartAsync(setup, storage.ConnectionString);
}

/// <summary>One Azurite, gone at the end.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    private StorageEmulator? _emulator;

    public string ConnectionString => _emulator?.ConnectionString ?? throw new InvalidOperationException("Azurite has not been started.");

    public async ValueTask InitializeAsync() => _emulator = await StorageEmulator.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await AzureStorageEngine.WhenStoppedAsync();
        if (_emulator is not null) await _emulator.DisposeAsync();
    }
}
