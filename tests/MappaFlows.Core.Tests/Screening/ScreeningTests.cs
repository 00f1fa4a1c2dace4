using MappaFlows.Core.Tests.Cases;

namespace MappaFlows.Core.Tests.Screening;

public sealed class ScreeningTests
{
    [Fact]
    public void The_decision_is_due_five_working_days_after_the_referral_and_says_by_which_rule()
    {
        var obligation = CaseSimulation.Referred().Timetable.Find(ScreeningObligations.DecideScreening)!;

        Assert.Equal(new DateOnly(2026, 6, 10), obligation.Due!.Day);
        Assert.StartsWith("5 working days after the referral was received on 3 June 2026.", obligation.Due.Explanation);
    }

    [Fact]
    public void It_is_reminded_once_a_working_day_before_and_escalated_once_when_late()
    {
        var life = CaseSimulation.Referred();

        life.LivesUntil(life.Now.AddDays(10));

        Assert.Equal([typeof(ObligationReminded), typeof(ObligationEscalated)], life.Events.Skip(1).Select(happened => happened.GetType()));
        Assert.Equal([Utc("2026-06-08T23:00"), Utc("2026-06-10T23:00")], life.Dated.Skip(1).Select(happened => happened.At));
    }

    [Fact]
    public void A_question_stops_the_coordinators_clock_and_the_answer_starts_it_again()
    {
        var life = CaseSimulation.Referred();
        life.Does(SamplePeople.Coordinator, Samples.RequestInformation);

        Assert.Null(life.Timetable.Find(ScreeningObligations.DecideScreening)!.Due);
        Assert.Equal(SamplePeople.Referrer.Id, life.Timetable.Find(ScreeningObligations.GiveInformation)!.Owner.PersonId);

        life.Now = life.Now.AddDays(5);
        life.Does(SamplePeople.Referrer, new GiveInformation("At home."));

        Assert.Equal(new DateOnly(2026, 6, 15), life.Timetable.Find(ScreeningObligations.DecideScreening)!.Due!.Day);
    }

    [Fact]
    public void Every_clock_of_the_screening_stops_once_it_is_decided()
    {
        var life = CaseSimulation.Referred();
        life.Does(SamplePeople.Coordinator, Samples.Refuse);

        Assert.Empty(life.Timetable.Obligations);
        Assert.Null(life.Timetable.NextStepAt());
    }

    [Fact]
    public void Referral_with_an_ended_basis_cannot_be_accepted()
    {
        var life = CaseSimulation.Referred();
        life.Now = new(2029, 1, 10, 9, 0, 0, TimeSpan.Zero);

        var refused = life.Refuses(SamplePeople.Coordinator, Samples.Accept());

        var problem = Assert.Single(refused.Problems);
        Assert.Equal("Outcome", problem.Field);
        Assert.Contains("ended on 9 January 2029", problem.Message);
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text + "Z");
}
