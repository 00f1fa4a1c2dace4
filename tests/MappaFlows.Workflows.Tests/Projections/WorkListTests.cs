namespace MappaFlows.Workflows.Tests.Projections;

/// <summary>What one person owes over all cases of the area.</summary>
public sealed class WorkListTests : IAsyncLifetime
{
    private Product _product = null!;

    public async ValueTask InitializeAsync() => _product = await Product.StartAsync();

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task An_overdue_review_comes_first_however_many_cases_owe_something_else_before()
    {
        for (var i = 0; i < 60; i++) await _product.AcceptAsync(ManagementLevel.Level2);
        var reviewed = await _product.AcceptAsync(ManagementLevel.Level1);

        // The coordinator's meetings have been overdue for months, and the manager's review for days.
        await _product.AdvanceAsync(TimeSpan.FromDays(7 * 17));
        var work = await _product.Get<CaseloadIndex>().OwedByAsync(SamplePeople.Manager);

        Assert.Equal((reviewed, Level1ReviewObligations.ReviewLevel1), (work.Items[0].Case.Reference, work.Items[0].Obligation.Kind));
        Assert.Single(work.Items, item => item.Obligation.Due <= _product.Time.GetUtcNow());
        Assert.True(work.IsWhole);
        Assert.Equal(work.Items.OrderBy(item => item.Obligation.Due), work.Items);
    }
}
