namespace MappaFlows.Workflows.Tests.Orchestrations;

public sealed class ScreeningTests : IAsyncLifetime
{
    private Product _product = null!;

    public async ValueTask InitializeAsync() => _product = await Product.StartAsync();

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task A_referral_starts_its_lifecycle_and_tells_the_coordinators_by_reference_alone()
    {
        var reference = await _product.ReferAsync();

        var email = Assert.Single(_product.Emails.To(SamplePeople.Coordinator));
        Assert.Contains(reference.ToString(), email.Subject, StringComparison.Ordinal);
        Assert.EndsWith($"/cases/{reference}/screening", Assert.Single(email.Links), StringComparison.Ordinal);
        Assert.NotNull(await _product.Orchestrations.GetInstanceAsync(reference.ToString()));
    }

    [Fact]
    public async Task A_coordinator_is_reminded_once_on_the_day_before_and_the_Chair_hears_once_when_it_is_late()
    {
        var reference = await _product.ReferAsync();

        // Referred on Monday 1 June: due at the end of Monday 8 June, reminded at the start of Friday 5 June.
        await _product.AdvanceToAsync(new(2026, 6, 4, 22, 59, 0, TimeSpan.Zero));
        Assert.Equal(0, _product.Emails.Count(SamplePeople.Coordinator, "Screening decision due"));
        await _product.AdvanceToAsync(new(2026, 6, 4, 23, 0, 0, TimeSpan.Zero));
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Coordinator, "Screening decision due"));
        Assert.Equal(0, _product.Emails.Count(SamplePeople.Chair, "Screening decision overdue"));
        await _product.AdvanceToAsync(new(2026, 6, 8, 23, 0, 0, TimeSpan.Zero));
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Chair, "Screening decision overdue"));

        await _product.AdvanceAsync(TimeSpan.FromDays(400));
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Coordinator, "Screening decision due"));
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Chair, "Screening decision overdue"));
        Assert.Equal(CaseStage.Screening, (await _product.CaseAsync(reference)).Stage);
    }

    [Fact]
    public async Task Decided_referral_sends_no_reminder()
    {
        await _product.AcceptAsync(ManagementLevel.Level1);
        await _product.AdvanceAsync(TimeSpan.FromDays(30));
        Assert.Equal(0, _product.Emails.Count(SamplePeople.Coordinator, "Screening"));
    }

    [Fact]
    public async Task A_question_stops_the_clock_and_the_answer_starts_it_again()
    {
        var reference = await _product.ReferAsync();
        await _product.AdvanceAsync(TimeSpan.FromDays(3));
        await _product.DoAsync(
            SamplePeople.Coordinator,
            reference,
            new DecideScreening { Outcome = ScreeningOutcome.RequestInformation, Reasons = "Which licence conditions?" });
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Referrer, "More information needed"));

        await _product.AdvanceToAsync(new(2026, 6, 10, 9, 0, 0, TimeSpan.Zero));
        Assert.Equal(0, _product.Emails.Count(SamplePeople.Chair, "Screening decision overdue"));
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Referrer, "Your answer about a referral is due"));

        await _product.DoAsync(SamplePeople.Referrer, reference, new GiveInformation("No contact, and a curfew."));
        var timetable = await _product.TimetableAsync(reference);
        Assert.Equal(new DateOnly(2026, 6, 17), timetable.Find(ScreeningObligations.DecideScreening)!.Due!.Day);
    }

    [Fact]
    public async Task A_refused_referral_ends_its_lifecycle_and_tells_the_referrer()
    {
        var reference = await _product.ReferAsync();
        await _product.DoAsync(
            SamplePeople.Coordinator,
            reference,
            new DecideScreening { Outcome = ScreeningOutcome.Refuse, Reasons = "The agency can manage this alone." });

        Assert.Equal(1, _product.Emails.Count(SamplePeople.Referrer, "Referral not accepted"));
        var lifecycle = await _product.Orchestrations.GetInstanceAsync(new CaseInstanceIds(reference).Lifecycle, true);
        Assert.True(lifecycle!.IsCompleted);
    }
}
