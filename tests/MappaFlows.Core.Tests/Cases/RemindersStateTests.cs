namespace MappaFlows.Core.Tests.Cases;

public sealed class RemindersStateTests
{
    private static readonly DateTimeOffset Due = new(2026, 11, 5, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_open_obligation_stays_escalated_when_a_later_one_of_its_kind_is()
    {
        var state = Escalated(Escalated(new(), number: 1, Due), number: 2, Due.AddYears(2));

        Assert.True(state.Mark(Owed(number: 1, Due)).IsEscalated);
        Assert.True(state.Mark(Owed(number: 2, Due.AddYears(2))).IsEscalated);
    }

    [Fact]
    public void What_was_passed_on_is_told_again_after_a_week_and_then_every_month_until_it_is_done()
    {
        var life = CaseSimulation.Referred();

        life.LivesUntil(life.Now.AddYears(1));

        var told = life.Dated.Where(happened => happened.Event is ObligationStillOverdue).ToList();
        var escalated = life.Dated.Single(happened => happened.Event is ObligationEscalated).At;
        Assert.Equal(new DateOnly(2026, 6, 18), LondonTime.Today(told[0].At.AddMinutes(-1)));
        Assert.True(told[0].At > escalated);
        Assert.InRange(told.Count, 11, 13);
        Assert.Equal(Enumerable.Range(1, told.Count), told.Select(happened => ((ObligationStillOverdue)happened.Event).Times));

        life.Does(SamplePeople.Coordinator, Samples.Refuse);
        life.LivesUntil(life.Now.AddYears(1));
        Assert.Equal(told.Count, life.Events.OfType<ObligationStillOverdue>().Count());
    }

    [Fact]
    public void A_date_that_moves_is_escalated_again()
    {
        var state = Escalated(new(), number: 1, Due);

        Assert.False(state.Mark(Owed(number: 1, Due.AddDays(1))).IsEscalated);
    }

    [Fact]
    public void An_obligation_whose_date_moves_for_decades_keeps_the_dates_of_a_year_only()
    {
        var state = new RemindersState();
        for (var year = 0; year < 30; year++) state = Escalated(state, number: 1, Due.AddYears(year));

        Assert.Equal(2, state.Items.Count);
    }

    private static RemindersState Escalated(RemindersState state, int number, DateTimeOffset due) =>
        RemindersState.Apply(state, new ObligationEscalated(MeetingObligations.SendMinutes, number, due), new(1, due, "clock", "The clock"));

    private static Obligation Owed(int number, DateTimeOffset due) =>
        new(MeetingObligations.SendMinutes, number, new(due, DateOnly.FromDateTime(due.Date), "", null), new(Role.Coordinator));
}
