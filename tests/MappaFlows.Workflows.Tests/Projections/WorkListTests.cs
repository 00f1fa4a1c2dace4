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

    [Fact]
    public async Task What_was_passed_on_stands_with_the_Chair_and_the_deputy_until_it_is_done()
    {
        var reference = await _product.ReferAsync();
        Assert.Empty((await OfAsync(SamplePeople.Chair)).PassedOn);

        await _product.AdvanceAsync(TimeSpan.FromDays(90));
        Assert.Equal(3, _product.Emails.Count(SamplePeople.Coordinator, "Still overdue"));
        foreach (var person in new[] { SamplePeople.Chair, SamplePeople.Deputy })
        {
            var passedOn = Assert.Single((await OfAsync(person)).PassedOn);
            Assert.Equal((reference, ScreeningObligations.DecideScreening), (passedOn.Case.Reference, passedOn.Obligation.Kind));
        }

        Assert.Empty((await OfAsync(SamplePeople.Coordinator)).PassedOn);
        await _product.DoAsync(SamplePeople.Chair, reference, new RemindOwner(ScreeningObligations.DecideScreening));
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Coordinator, "Reminder, overdue"));
        await _product.DoAsync(
            SamplePeople.Coordinator, reference, new DecideScreening { Outcome = ScreeningOutcome.Refuse, Reasons = "The test is not met." });
        Assert.Empty((await OfAsync(SamplePeople.Chair)).PassedOn);
    }

    [Fact]
    public async Task Work_whose_role_no_one_holds_stands_with_those_who_can_see_to_it()
    {
        var reference = await _product.AcceptAsync(ManagementLevel.Level1);
        var without = SamplePeople.InArea.Where(person => person.Id != SamplePeople.Manager.Id).ToList();

        var unowned = Assert.Single((await OfAsync(SamplePeople.Coordinator, without)).Unowned, work => work.Case.Reference == reference
            && work.Obligation.Kind == Level1ReviewObligations.ReviewLevel1);
        Assert.Equal(Role.LeadAgencyManager, unowned.Obligation.Role);
        Assert.Empty((await OfAsync(SamplePeople.Coordinator)).Unowned);
    }

    [Fact]
    public async Task What_lapsed_was_decided_or_closed_lately_is_said_to_those_whom_it_concerns()
    {
        var reference = await _product.AcceptAsync(ManagementLevel.Level2);
        await _product.DoAsync(SamplePeople.Coordinator, reference, new ProposeDisclosure { Content = SampleDisclosures.Content() });
        await _product.AdvanceAsync(TimeSpan.FromDays(4));
        Assert.Equal([PastOutcomeKind.RequestLapsed], await PastAsync(SamplePeople.Chair));
        Assert.Equal([PastOutcomeKind.RequestLapsed], await PastAsync(SamplePeople.Coordinator));

        await _product.DoAsync(SamplePeople.Manager, reference, new DecideExit
        {
            Reason = ExitReason.Death,
            LastDay = LondonTime.Today(_product.Time.GetUtcNow()),
            Reasons = "Seen.",
        });
        Assert.Equal([PastOutcomeKind.CaseClosed, PastOutcomeKind.RequestLapsed], await PastAsync(SamplePeople.Chair));
        Assert.Empty(await PastAsync(SamplePeople.Administrator));
        await _product.AdvanceAsync(TimeSpan.FromDays(15));
        Assert.Empty(await PastAsync(SamplePeople.Chair));
    }

    [Fact]
    public async Task An_approved_disclosure_of_a_closed_case_stays_with_its_discloser()
    {
        var reference = await _product.AcceptAsync(ManagementLevel.Level2);
        await _product.DoAsync(SamplePeople.Coordinator, reference, new ProposeDisclosure { Content = SampleDisclosures.Content() });
        await _product.DoAsync(SamplePeople.Chair, reference, new DecideDisclosure
        {
            Number = 1,
            Outcome = ApprovalOutcome.Approved,
            Reasons = "Yes.",
            ContentHash = SampleDisclosures.Content().Hash(),
        });
        await _product.DoAsync(SamplePeople.Manager, reference, new DecideExit
        {
            Reason = ExitReason.Death,
            LastDay = LondonTime.Today(_product.Time.GetUtcNow()),
            Reasons = "Seen.",
        });

        Assert.Equal(DisclosureObligations.MakeDisclosure, Assert.Single((await OfAsync(SamplePeople.Manager)).Mine.Items).Obligation.Kind);
        await _product.AdvanceAsync(TimeSpan.FromDays(30));
        Assert.Empty((await OfAsync(SamplePeople.Manager)).Mine.Items);
    }

    private async Task<IEnumerable<PastOutcomeKind>> PastAsync(Person person) =>
        (await OfAsync(person)).Past.Select(past => past.Outcome.Kind);

    private Task<PersonsWork> OfAsync(Person person, IReadOnlyList<Person>? everyone = null) => _product.Get<CaseloadIndex>().WorkOfAsync(
        person, everyone ?? SamplePeople.InArea, _product.Time.GetUtcNow().AddDays(-14));
}
