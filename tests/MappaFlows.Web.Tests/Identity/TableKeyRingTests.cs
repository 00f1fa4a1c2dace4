using System.Security.Cryptography;
using MappaFlows.Tables;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Identity;

/// <summary>What one instance of a site protects, another reads.</summary>
public sealed class TableKeyRingTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mappaflows-keys-").FullName;
    private readonly SqliteTableStore _store;

    public TableKeyRingTests() => _store = new SqliteTableStore(Path.Combine(_folder, "keys.db"));

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_form_of_one_instance_is_read_by_another_and_after_a_restart()
    {
        await using var first = Instance("Site");
        var sealedForm = Protector(first).Protect("a form");

        await using var second = Instance("Site");

        Assert.Equal("a form", Protector(second).Unprotect(sealedForm));
        Assert.Single(new TableKeyRing(_store).GetAllElements());
    }

    [Fact]
    public async Task Another_site_on_the_same_store_cannot_read_it()
    {
        await using var one = Instance("Site");
        await using var other = Instance("Other");
        var sealedForm = Protector(one).Protect("a form");

        Assert.Throws<CryptographicException>(() => Protector(other).Unprotect(sealedForm));
    }

    private static IDataProtector Protector(IServiceProvider services) =>
        services.GetRequiredService<IDataProtectionProvider>().CreateProtector("form");

    private ServiceProvider Instance(string site) =>
        new ServiceCollection().AddSingleton<ITableStore>(_store).AddLogging().AddTableKeyRing(site).BuildServiceProvider();
}
