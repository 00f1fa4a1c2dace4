using MappaFlows.Web.Tests.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Referrals;

/// <summary>One product for the tests of every page of a referral.</summary>
[CollectionDefinition(nameof(ReferralPages))]
public sealed class ReferralPages : ICollectionFixture<ProductFactory>;

/// <summary>Drafts and what is typed on their pages.</summary>
internal static class ReferralForms
{
    public static ReferralDrafts Drafts(this ProductFactory product) => product.Services.GetRequiredService<ReferralDrafts>();

    /// <summary>A draft of the referrer's: its placement only, or all of it.</summary>
    public static async Task<ReferralDraft> BeginAsync(
        this ProductFactory product,
        Category category = Category.Category2,
        bool complete = false,
        string familyName = SampleReferrals.FamilyName)
    {
        var referral = SampleReferrals.Of(product.Today(), familyName, category);
        return await product.Drafts().BeginAsync(
            DemoPeople.Referrer.Id,
            complete ? referral : new() { Placement = referral.Placement });
    }

    public static (string Name, string? Value)[] Day(string field, DateOnly day) =>
    [
        ($"Input.{field}.Day", $"{day.Day}"),
        ($"Input.{field}.Month", $"{day.Month}"),
        ($"Input.{field}.Year", $"{day.Year:0000}"),
    ];

    /// <summary>Sends the page and goes on to the next.</summary>
    public static async Task<BrowserPage> NextAsync(Browser browser, BrowserPage page, params (string Name, string? Value)[] answers) =>
        await browser.FollowAsync(await browser.SubmitAsync(page, [.. answers, ("then", "continue")]));

    /// <summary>A part of the end of notification, as the page shows it.</summary>
    public static int Part(BrowserPage page, string part) =>
        int.Parse(page.ValueOf($"Input.NotificationEnd.{part}")!, System.Globalization.CultureInfo.InvariantCulture);
}
