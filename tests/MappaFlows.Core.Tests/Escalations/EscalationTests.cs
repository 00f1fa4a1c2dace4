using MappaFlows.Core.Tests.Cases;

namespace MappaFlows.Core.Tests.Escalations;

public sealed class EscalationTests
{
    private static ObligationKind Screening => ScreeningObligations.DecideScreening;

    [Fact]
    public void The_Chair_reminds_the_owner_once_a_day_and_the_record_says_whom()
    {
        var life = CommandTable.At("screening overdue");

        var events = life.Does(SamplePeople.Chair, new RemindOwner(new(Screening.Name)));

        var due = life.Timetable.Find(Screening)!.Due!.At;
        Assert.Equal(new OwnerReminded(Screening, null, due, Role.Coordinator, null), Assert.Single(events));
        Assert.Equal(RefusalKind.Conflict, life.Refuses(SamplePeople.Deputy, new RemindOwner(Screening)).Kind);
        life.Now = life.Now.AddDays(1);
        life.Does(SamplePeople.Deputy, new RemindOwner(Screening));
        Assert.Equal(2, life.Case.ActsOn(life.Timetable.Find(Screening)!).Count());
    }

    [Fact]
    public void The_Chair_notes_what_they_did()
    {
        var life = CommandTable.At("screening overdue");
        Assert.Equal("Note", Assert.Single(life.Refuses(SamplePeople.Chair, new NoteEscalation(Screening, Note: " ")).Problems).Field);

        life.Does(SamplePeople.Chair, new NoteEscalation(Screening, Note: "I telephoned."));

        var act = Assert.Single(life.Case.ActsOn(life.Timetable.Find(Screening)!));
        Assert.Equal(("I telephoned.", SamplePeople.Chair.Id), (act.Note, act.By));
    }

    [Theory]
    [InlineData("HoldMeeting")]
    [InlineData("NoSuchThing")]
    public void What_was_not_passed_on_cannot_be_acted_on(string kind)
    {
        var life = CommandTable.At("screening overdue");

        Assert.Contains(
            life.Refuses(SamplePeople.Chair, new RemindOwner(new(kind))).Kind, new[] { RefusalKind.Conflict, RefusalKind.Forbidden });
        Assert.Equal(RefusalKind.Forbidden, life.Refuses(SamplePeople.Chair, new RemindOwner(null)).Kind);
    }

    [Fact]
    public void Every_kind_that_is_escalated_is_passed_on_to_a_role_or_to_a_deputy() => Assert.All(
        CaseFeatures.Model.Obligations.Where(kind => kind.Steps.HasFlag(ObligationSteps.Escalate)),
        kind => Assert.True(kind.PassedOnTo is not null || kind == DisclosureObligations.DecideDisclosure, kind.Name));
}
