using System.Globalization;
using System.Text.Json;
using MappaFlows.EndToEnd.Browsers;
using MappaFlows.Testing.Product;

namespace MappaFlows.EndToEnd.Site;

/// <summary>The time machine, worked through its page.</summary>
internal sealed class ClockPage(Visitor traveller, ProductProcess product)
{
    public async Task<DateTimeOffset> NowAsync()
    {
        using var answer = JsonDocument.Parse(await product.Client.GetStringAsync("/dev/clock"));
        return answer.RootElement.GetProperty("now").GetDateTimeOffset();
    }

    /// <summary>Moves the clock; everything that came due by then has run when this completes.</summary>
    public async Task MoveToAsync(DateTimeOffset instant)
    {
        await traveller.OpenAsync("/dev/clock");
        await traveller.FillAsync("To when?", instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        await traveller.PressAsync("Move the clock");
        await traveller.SeesAsync("The clock was moved");
    }
}
