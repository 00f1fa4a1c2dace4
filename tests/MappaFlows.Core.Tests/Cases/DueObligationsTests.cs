namespace MappaFlows.Core.Tests.Cases;

/// <summary>After a pause the clock does what it would have done without it.</summary>
public sealed class DueObligationsTests
{
    [Theory]
    [InlineData("screening", 10)]
    [InlineData("asked", 10)]
    [InlineData("level 1", 130)]
    [InlineData("level 2", 40)]
    [InlineData("held", 20)]
    [InlineData("recorded", 40)]
    [InlineData("proposed", 5)]
    [InlineData("approved", 31)]
    [InlineData("change asked", 12)]
    [InlineData("near exit", 200)]
    public void One_move_of_many_days_gives_the_acts_of_many_moves_of_one_day_in_their_order(string stage, int days)
    {
        var (once, daily) = (CommandTable.At(stage), CommandTable.At(stage));
        var from = once.Events.Count;

        once.Now = once.Now.AddDays(days);
        once.Attends();
        for (var day = 0; day < days; day++)
        {
            daily.Now = daily.Now.AddDays(1);
            daily.Attends();
        }

        // What is told again and again is told once for the whole pause, and what begins in it has no time of its own.
        Assert.Equal(Acts(daily, from), Acts(once, from));
        Assert.NotEmpty(Acts(once, from));
    }

    [Fact]
    public void A_reminder_of_what_is_overdue_by_now_is_recorded_as_late_and_one_that_is_still_true_is_not()
    {
        var (overdue, open) = (CommandTable.At("screening"), CommandTable.At("proposed"));
        overdue.Now = overdue.Now.AddDays(10);
        open.Now = open.Now.AddHours(50);

        Assert.Equal(
            [(nameof(ObligationReminded), true), (nameof(ObligationEscalated), false), (nameof(ObligationStillOverdue), false)],
            overdue.Attends().Concat(After(overdue)).Select(Late));
        Assert.Equal([(nameof(ObligationReminded), false), (nameof(ObligationEscalated), false)], open.Attends().Select(Late));
    }

    [Fact]
    public void What_is_over_by_now_was_neither_reminded_nor_passed_on_and_no_deputy_may_decide()
    {
        var life = CommandTable.At("proposed");
        life.Now = life.Now.AddDays(4);

        Assert.Equal(
            [(nameof(ObligationReminded), true), (nameof(ObligationEscalated), true), (nameof(ApprovalLapsed), false)],
            life.Attends().Select(Late));
        Assert.False(life.Case.Disclosures[0].Escalated);
    }

    [Fact]
    public void Nothing_before_the_closing_in_the_same_moment_is_written_about()
    {
        var life = CommandTable.At("near exit");
        life.Now = life.Now.AddYears(2);

        var events = life.Attends();

        Assert.IsType<CaseClosed>(events[^1]);
        Assert.All(events.Where(happened => happened is ObligationReminded or ObligationEscalated), happened => Assert.True(Late(happened).Late));
    }

    private static IReadOnlyList<CaseEvent> After(CaseSimulation life)
    {
        life.Now = life.Now.AddDays(9);
        return life.Attends();
    }

    private static (string Name, bool Late) Late(CaseEvent happened) => happened switch
    {
        ObligationReminded { Late: var late } => (nameof(ObligationReminded), late),
        ObligationEscalated { Late: var late } => (nameof(ObligationEscalated), late),
        _ => (happened.GetType().Name, false),
    };

    private static List<string> Acts(CaseSimulation life, int from) =>
    [
        .. life.Events.Skip(from).Where(happened => happened is not ObligationStillOverdue).Select(happened => happened switch
        {
            ObligationReminded reminded => $"reminded of {reminded.Kind} {reminded.Number} {reminded.Due}",
            ObligationEscalated escalated => $"escalated {escalated.Kind} {escalated.Number} {escalated.Due}",
            _ => happened.GetType().Name,
        }),
    ];
}
