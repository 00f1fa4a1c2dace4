using MappaFlows.Core.Cases;
using MappaFlows.Core.People;

namespace MappaFlows.Core.Tests.Cases;

/// <summary>Who may give which command, and who may read a case.</summary>
public sealed class RightsTests
{
    private const string Everybody = "Referrer Coordinator Chair Deputy Manager OtherManager Administrator LayAdviser Stranger Clock";

    [Theory]
    [InlineData(nameof(Screen), "screening", "Coordinator")]
    [InlineData(nameof(GiveInformation), "asked", "Referrer Coordinator")]
    [InlineData(nameof(ScheduleMeeting), "level 2", "Coordinator")]
    [InlineData(nameof(MoveMeeting), "arranged", "Coordinator")]
    [InlineData(nameof(RecordMeeting), "held", "Coordinator Chair Deputy")]
    [InlineData(nameof(SendMinutes), "recorded", "Coordinator")]
    [InlineData(nameof(RecordLevel1Review), "level 1", "Manager")]
    [InlineData(nameof(ProposeDisclosure), "level 2", "Coordinator Manager")]
    [InlineData(nameof(ReviseDisclosure), "proposed", "Coordinator Manager")]
    [InlineData(nameof(WithdrawDisclosure), "proposed", "Coordinator Manager")]
    [InlineData(nameof(DecideDisclosure), "proposed", "Chair")]
    [InlineData(nameof(RecordDisclosure), "approved", "Manager")]
    [InlineData(nameof(ChangeDate), "level 2", "Coordinator Manager")]
    [InlineData(nameof(AddEligibility), "level 2", "Coordinator Manager")]
    [InlineData(nameof(RecordPreExitReview), "near exit", "Manager")]
    [InlineData(nameof(DecideExit), "level 2", "Chair Deputy Manager")]
    [InlineData(nameof(AttendToClocks), "level 2", "Clock")]
    [InlineData(nameof(IssueApprovalLink), "proposed", "Clock")]
    public void Only_those_whose_part_it_is_may_give_a_command(string name, string stage, string allowed)
    {
        var life = CommandTable.At(stage);
        var command = CommandTable.Command(name, life);

        var may = Everybody.Split(' ').Where(person => life.Decides(Folk.Named(person), command) is Decision.Accepted);
        var forbidden = Everybody.Split(' ').Where(person => life.Decides(Folk.Named(person), command) is Decision.Refused { Kind: RefusalKind.Forbidden });

        Assert.Equal(allowed.Split(' '), may);
        Assert.Equal(Everybody.Split(' ').Except(allowed.Split(' ')), forbidden);
    }

    [Theory]
    [InlineData("level 2", "Referrer Coordinator Chair Deputy Manager")]
    [InlineData("closed", "Referrer Coordinator Chair Deputy Manager")]
    public void A_case_is_read_by_those_who_work_on_it_and_its_referrer_alone(string stage, string readers)
    {
        var life = CommandTable.At(stage);

        var may = Everybody.Split(' ').Where(person => Rights.MayRead(Folk.Named(person), life.Case));

        Assert.Equal(readers.Split(' '), may);
    }

    [Fact]
    public void The_discloser_may_read_the_case_once_the_disclosure_is_approved()
    {
        var life = Life.Managed();
        life.Does(Folk.Coordinator, new ProposeDisclosure { Content = Samples.Content() with { DiscloserId = Folk.OtherManager.Id }, ApproverId = Folk.Chair.Id });

        Assert.False(Rights.MayRead(Folk.OtherManager, life.Case));
        life.Does(Folk.Chair, life.Decision(Core.Disclosures.ApprovalOutcome.Approved));
        Assert.True(Rights.MayRead(Folk.OtherManager, life.Case));
    }
}
