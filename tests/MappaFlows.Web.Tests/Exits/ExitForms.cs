using MappaFlows.Web.Tests.Meetings;

namespace MappaFlows.Web.Tests.Exits;

/// <summary>One product for the tests of every page of dates, eligibility and exit.</summary>
[CollectionDefinition(nameof(ExitPages))]
public sealed class ExitPages : ICollectionFixture<ProductFactory>;

/// <summary>What is typed on these pages.</summary>
internal static class ExitForms
{
    /// <summary>The value of the choice that begins so.</summary>
    public static string Choice(BrowserPage form, string begins) => form.Document.QuerySelector($"[name='Input.Date'][value^='{begins}/']")!.GetAttribute("value")!;

    /// <summary>A change of the sentence's expiry.</summary>
    public static async Task<ChangeDate> ExpiryAsync(ManagedCase state, DateOnly to) =>
        new() { Date = CaseDate.SentenceExpiry, From = (await state.ReadAsync()).Bases[0].EndsOn, To = to, Reason = "Varied." };
}
