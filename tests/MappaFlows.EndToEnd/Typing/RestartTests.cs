using MappaFlows.EndToEnd.Browsers;
using MappaFlows.Testing.Product;
using Microsoft.Playwright;

namespace MappaFlows.EndToEnd.Typing;

/// <summary>The real product dies while someone types, and is started again.</summary>
public sealed class RestartTests(BrowserFixture browser) : BrowserTest(browser)
{
    private readonly string _data = Directory.CreateTempSubdirectory("mappaflows-typing-").FullName;
    private ProductProcess? _product;

    protected override Uri Address => _product!.Address;

    public override async ValueTask InitializeAsync() => _product = await ProductProcess.StartAsync(_data);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _product!.DisposeAsync();
        Directory.Delete(_data, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_was_kept_is_there_after_the_product_was_killed()
    {
        var riley = await VisitAsAsync("Riley Referrer");
        await riley.OpenAsync("/referrals/new");
        await riley.PressAsync("Start the referral");
        var path = $"/referrals/{new Uri(riley.Page.Url).AbsolutePath.Split('/')[2]}/reason";
        await riley.OpenAsync(path);
        await riley.FillAsync("What is the current risk management plan?", "Half an hour of typing");
        await Assertions.Expect(riley.Page.Locator("[data-kept]")).ToContainTextAsync("Kept at ");
        var session = await riley.SessionAsync();
        await riley.Page.CloseAsync();
        await _product!.KillAsync();
        await _product.DisposeAsync();

        _product = await ProductProcess.StartAsync(_data);
        var again = await VisitAsync(session: session);
        await again.OpenAsync(path);

        await Assertions.Expect(again.Field("What is the current risk management plan?")).ToHaveValueAsync("Half an hour of typing");
        await again.SeesAsync("It was not recorded.");
    }
}
