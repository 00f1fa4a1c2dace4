using MappaFlows.Core.Tests.Cases;

namespace MappaFlows.Core.Tests.Exits;

/// <summary>What is not done when a case closes.</summary>
public sealed class ClosingTests
{
    [Fact]
    public void A_case_that_closes_by_its_date_says_what_was_not_done_and_warned_of_it_before()
    {
        var life = CaseSimulation.Managed();
        life.Does(SamplePeople.Coordinator, SampleMeetings.At(life.Now.AddDays(14)));
        var closing = life.Timetable.Find(ExitObligations.CloseCase)!;

        life.LivesUntil(closing.Due!.At);

        Assert.Equal(
            ["HoldMeeting 1", "ReviewBeforeExit 1", "ReviewBeforeExit 2"],
            Undone(life).Order());
        var warned = life.Dated.Single(happened => happened.Event is ObligationReminded { Kind.Name: "CloseCase" });
        Assert.Equal(closing.Due.Day.AddDays(-14), LondonTime.Today(warned.At));
    }

    [Fact]
    public void A_case_in_which_all_is_done_closes_without_a_warning()
    {
        var life = CaseSimulation.Managed(ManagementLevel.Level1);
        var closing = life.Timetable.Find(ExitObligations.CloseCase)!.Due!.At;
        while (life.Timetable.NextStepAt() is { } at && at < closing)
        {
            life.LivesUntil(at);
            if (life.Timetable.Find(ExitObligations.ReviewBeforeExit) is { } review && review.RemindAt <= life.Now)
                life.Does(SamplePeople.Manager, new RecordPreExitReview { Conclusion = "May end.", ConsiderCategory3 = false });
            life.Does(SamplePeople.Manager, new RecordLevel1Review(Samples.Review()));
        }

        life.LivesUntil(closing);

        Assert.Null(life.Case.Exit!.Undone);
        Assert.DoesNotContain(life.Events, happened => happened is ObligationReminded { Kind.Name: "CloseCase" });
    }

    [Theory]
    [InlineData("level 2", "")]
    [InlineData("arranged", "HoldMeeting 1")]
    [InlineData("held", "HoldMeeting 1")]
    [InlineData("recorded", "SendMinutes 1")]
    [InlineData("proposed", "DecideDisclosure 1")]
    [InlineData("approved", "MakeDisclosure 1")]
    [InlineData("change asked", "ReviseDisclosure 1")]
    [InlineData("lapsed", "ReviseDisclosure 1")]
    [InlineData("made", "")]
    public void A_decision_that_closes_a_case_says_what_was_begun_and_not_done(string stage, string undone)
    {
        var life = CommandTable.At(stage);

        life.Does(SamplePeople.Manager, CommandTable.Command(nameof(DecideExit), life));

        Assert.Equal(undone, string.Join(' ', Undone(life)));
        Assert.Single(life.Events.OfType<CaseClosed>());
    }

    private static IEnumerable<string> Undone(CaseSimulation life) =>
        (life.Case.Exit!.Undone ?? []).Select(one => $"{one.Kind} {one.Number}".Trim());
}
