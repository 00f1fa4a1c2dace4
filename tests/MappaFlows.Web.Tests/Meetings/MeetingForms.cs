namespace MappaFlows.Web.Tests.Meetings;

/// <summary>One product for the tests of every page of meetings and reviews.</summary>
[CollectionDefinition(nameof(MeetingPages))]
public sealed class MeetingPages : ICollectionFixture<ProductFactory>;

/// <summary>What is typed on these pages, and a case with a meeting.</summary>
internal static class MeetingForms
{
    public static (string, string?)[] Slot(DateOnly day, string time) =>
        [.. ManagedCase.Fields("Input.StartsAt", day), ("Input.Time", time), ("Input.Minutes", "90"), ("Input.Place", "Room 1")];

    /// <summary>A case with a meeting arranged in two weeks.</summary>
    public static async Task<ManagedCase> ArrangedAsync(ProductFactory product)
    {
        var state = await ManagedCase.AcceptedAsync(product);
        await state.DoAsync(DemoPeople.Coordinator, new ScheduleMeeting { StartsAt = product.Now.AddDays(14), Minutes = 60, Place = "Room 1" });
        return state;
    }
}
