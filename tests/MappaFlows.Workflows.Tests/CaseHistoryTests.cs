namespace MappaFlows.Workflows.Tests;

/// <summary>The record of a case as each reader gets it, page by page.</summary>
public sealed class CaseHistoryTests : IAsyncLifetime
{
    private const int Questions = 5;

    private Product _product = null!;

    private CaseReference _reference;

    private CaseHistory Record => _product.Get<CaseHistory>();

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync();
        _reference = await _product.ReferAsync();
        for (var i = 0; i < Questions; i++)
        {
            await _product.DoAsync(
                SamplePeople.Coordinator,
                _reference,
                new DecideScreening { Outcome = ScreeningOutcome.RequestInformation, Reasons = $"Question {i}" });
            await _product.DoAsync(SamplePeople.Referrer, _reference, new GiveInformation($"Answer {i}"));
        }
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task A_referrer_reads_everything_before_the_decision()
    {
        var view = await ViewAsync(SamplePeople.Referrer);

        Assert.Equal(1 + 2 * Questions, (await Record.NewestAsync(view, before: null, take: 5)).Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task A_referrer_reads_up_to_the_decision_in_pages_of_any_size_from_either_end(int take)
    {
        await AcceptAndMeetAsync();
        var view = await ViewAsync(SamplePeople.Referrer);
        const long decision = 1 + 2 * Questions + 1;

        var forwards = new List<long>();
        while (await Record.AfterAsync(view, forwards.LastOrDefault(), take) is { Events: { Count: > 0 } events })
            forwards.AddRange(events.Select(recorded => recorded.Sequence));
        var backwards = new List<long>();
        while (await Record.NewestAsync(view, backwards.Count == 0 ? null : backwards[^1], take) is { Events: { Count: > 0 } events })
            backwards.AddRange(events.Select(recorded => recorded.Sequence));

        Assert.Equal(Enumerable.Range(1, (int)decision).Select(sequence => (long)sequence), forwards);
        Assert.Equal(forwards.AsEnumerable().Reverse(), backwards);
    }

    [Fact]
    public async Task Referrer_cannot_page_events_after_screening_decision()
    {
        await AcceptAndMeetAsync();
        var view = await ViewAsync(SamplePeople.Referrer);

        Assert.Empty((await Record.AfterAsync(view, after: 1 + 2 * Questions + 1, take: 100)).Events);
        Assert.IsType<ReferralAccepted>((await Record.NewestAsync(view, before: 1_000_000, take: 1)).Events[0].Event);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Record.VerifyAsync(view));
    }

    [Fact]
    public async Task Those_who_manage_the_case_read_all_of_it_and_can_check_it()
    {
        await AcceptAndMeetAsync();
        var view = await ViewAsync(SamplePeople.Coordinator);

        var page = await Record.NewestAsync(view, before: null, take: 1);

        Assert.IsType<MeetingScheduled>(page.Events[0].Event);
        Assert.Equal(view.Case.Version, page.Length);
        Assert.Null(await Record.VerifyAsync(view));
    }

    private async Task<CaseView> ViewAsync(Person reader) => (await _product.Commands.OpenAsync(reader, _reference))!;

    private async Task AcceptAndMeetAsync()
    {
        await _product.DoAsync(
            SamplePeople.Coordinator,
            _reference,
            new DecideScreening { Outcome = ScreeningOutcome.Accept, Level = ManagementLevel.Level2, Reasons = "It meets the test." });
        await _product.DoAsync(
            SamplePeople.Coordinator,
            _reference,
            new ScheduleMeeting { StartsAt = _product.Time.GetUtcNow().AddDays(7), Minutes = 60, Place = "Room 1" });
    }
}
