using System.Globalization;
using System.Xml.Linq;
using MappaFlows.Tables;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MappaFlows.Web.Identity;

/// <summary>
/// The keys that protect forms, in the table store: all instances of a site have the same, and they outlive a deployment. They are as safe
/// as the store, which answers to the site alone; they protect no sign-in and no record.
/// </summary>
public sealed class TableKeyRing(ITableStore store) : IXmlRepository
{
    private const string Table = "SiteKeys";
    private const string Partition = "keys";
    private const string Xml = "Xml";

    /// <summary>Keys are made every 90 days and kept: twenty years of them fit on one page.</summary>
    private const int MaxKeys = 1_000;

    // The interface knows no asynchrony. It is asked at the first form after a start, and then once a day.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. store.QueryAsync(Table, Partition, RowRange.All, MaxKeys).AsTask().GetAwaiter().GetResult().Entities
            .Select(entity => XElement.Parse((string)entity.Properties[Xml]))];

    public void StoreElement(XElement element, string friendlyName) => store
        .CommitAsync(
            Table,
            Partition,
            [new Upsert(Row(friendlyName), new Dictionary<string, object> { [Xml] = element.ToString(SaveOptions.DisableFormatting) })])
        .AsTask().GetAwaiter().GetResult();

    private static string Row(string friendlyName) => string.Create(CultureInfo.InvariantCulture, $"key-{Uri.EscapeDataString(friendlyName).Replace('%', '_')}");
}

/// <summary>Puts the keys into the store.</summary>
public static class TableKeyRingServices
{
    /// <param name="site">Keeps the forms of this site apart from those of another that shares the store.</param>
    public static IServiceCollection AddTableKeyRing(this IServiceCollection services, string site)
    {
        services.AddDataProtection().SetApplicationName(site);
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys =>
                keys.XmlRepository = new TableKeyRing(provider.GetRequiredService<ITableStore>())));
        return services;
    }
}
