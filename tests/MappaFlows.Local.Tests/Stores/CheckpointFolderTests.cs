using MappaFlows.Local.Options;
using MappaFlows.Local.Stores;

namespace MappaFlows.Local.Tests.Stores;

public sealed class CheckpointFolderTests
{
    [Fact]
    public void Each_store_has_its_own_checkpoint_folder()
    {
        string[] stores = ["sqlite", "azurite", Account("north", "AAAA"), Account("south", "AAAA"), "https://east.table.core.windows.net"];

        Assert.Equal(stores.Length, stores.Select(Of).Distinct().Count());
        Assert.Equal(Path.Combine("data", "audit"), Of("sqlite"));
        Assert.Equal(Of("azurite"), Of("Azurite"));
    }

    [Fact]
    public void A_store_is_known_by_its_address_however_it_is_reached_and_whatever_its_key()
    {
        var folder = Of("https://north.table.core.windows.net");

        Assert.Equal(folder, Of("https://North.table.core.windows.net/"));
        Assert.Equal(folder, Of("https://north.table.core.windows.net/?sv=2020&sig=secret"));
        Assert.Equal(folder, Of(Account("north", "AAAA")));
        Assert.Equal(folder, Of(Account("north", "BBBB")));
    }

    private static string Of(string store) => CheckpointFolder.Of(new(LocalOptions.DefaultUrls, "data", store, DemoSize.None, Backup: null));

    private static string Account(string name, string key) =>
        $"DefaultEndpointsProtocol=https;AccountName={name};AccountKey={key};EndpointSuffix=core.windows.net";
}
