using MappaFlows.Core.Tests.Cases;

namespace MappaFlows.Core.Tests.Access;

/// <summary>Who may give which command, and how much of a case each may read.</summary>
public sealed class PermissionsTests
{
    private const string Everybody = "Referrer Coordinator Chair Deputy Manager OtherManager Administrator LayAdviser Stranger Clock";

    [Fact]
    public void Every_command_has_a_row_that_says_who_may_give_it()
    {
        var rows = typeof(PermissionsTests).GetMethod(nameof(Only_those_whose_part_it_is_may_give_a_command))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false)
            .Select(row => (string)((InlineDataAttribute)row).Data[0]!);

        // Anyone with the role may refer, before there is a case: ReferralTests.
        var missing = CaseFeatures.Model.Commands.Select(type => type.Name).Except(rows).Except([nameof(SubmitReferral)]);
        Assert.True(!missing.Any(), $"Add a row to PermissionsTests for: {string.Join(", ", missing)}");
    }

    [Theory]
    [InlineData(nameof(DecideScreening), "screening", "Coordinator")]
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
    [InlineData(nameof(RevokeApproval), "approved", "Coordinator Chair Deputy")]
    [InlineData(nameof(ReplaceDiscloser), "approved", "Coordinator Chair Manager")]
    [InlineData(nameof(ChangeDate), "level 2", "Coordinator Manager")]
    [InlineData(nameof(AddEligibility), "level 2", "Coordinator Manager")]
    [InlineData(nameof(RecordPreExitReview), "near exit", "Manager")]
    [InlineData(nameof(DecideExit), "level 2", "Chair Deputy Manager")]
    [InlineData(nameof(DoWhatIsDue), "level 2", "Clock")]
    [InlineData(nameof(RemindOwner), "screening overdue", "Chair Deputy")]
    [InlineData(nameof(NoteEscalation), "screening overdue", "Chair Deputy")]
    [InlineData(nameof(IssueApprovalLink), "proposed", "Clock")]
    public void Only_those_whose_part_it_is_may_give_a_command(string name, string stage, string allowed)
    {
        var life = CommandTable.At(stage);
        var command = CommandTable.Command(name, life);

        var may = Everybody.Split(' ').Where(person => life.Decides(SamplePeople.Named(person), command) is Decision.Accepted);
        var forbidden = Everybody.Split(' ').Where(
            person => life.Decides(SamplePeople.Named(person), command) is Decision.Refused
            {
                Kind: RefusalKind.Forbidden
                or RefusalKind.NotFound
            });

        Assert.Equal(allowed.Split(' '), may);
        Assert.Equal(Everybody.Split(' ').Except(allowed.Split(' ')), forbidden);
    }

    [Theory]
    [InlineData("screening", "Coordinator Chair Deputy Manager", "Referrer")]
    [InlineData("refused", "Coordinator Chair Deputy Manager", "Referrer")]
    [InlineData("level 2", "Coordinator Chair Deputy Manager", "Referrer")]
    [InlineData("made", "Coordinator Chair Deputy Manager", "Referrer")]
    [InlineData("closed", "Coordinator Chair Deputy Manager", "Referrer")]
    public void Those_who_manage_a_case_read_it_whole_and_its_referrer_the_referral(string stage, string whole, string referral)
    {
        var life = CommandTable.At(stage);

        Assert.Equal(whole, Readers(life.Case, CaseScope.Whole));
        Assert.Equal(referral, Readers(life.Case, CaseScope.Referral));
        Assert.Empty(Readers(life.Case, CaseScope.Person));
    }

    [Fact]
    public void The_discloser_reads_whom_it_is_about_once_the_disclosure_is_approved_and_no_more()
    {
        var life = CaseSimulation.Managed();
        life.Does(
            SamplePeople.Coordinator,
            new ProposeDisclosure
            {
                Content = SampleDisclosures.Content() with { DiscloserId = SamplePeople.OtherManager.Id },
                ApproverId =
                SamplePeople.Chair.Id
            });

        Assert.Null(CaseFeatures.Model.ScopeOf(SamplePeople.OtherManager, life.Case));
        life.Does(SamplePeople.Chair, life.Decision(ApprovalOutcome.Approved));
        Assert.Equal(CaseScope.Person, CaseFeatures.Model.ScopeOf(SamplePeople.OtherManager, life.Case));
    }

    [Theory]
    [InlineData("proposed", CaseScope.Referral)]
    [InlineData("approved", CaseScope.Person)]
    [InlineData("change asked", CaseScope.Person)]
    [InlineData("lapsed", CaseScope.Person)]
    [InlineData("withdrawn", CaseScope.Person)]
    public void An_approver_who_left_the_area_reads_the_referral_as_long_as_they_have_to_weigh_it(string stage, CaseScope scope)
    {
        var life = CommandTable.At(stage);
        var left = SamplePeople.Chair with { AreaCode = "dorset" };

        Assert.Equal(scope, CaseFeatures.Model.ScopeOf(left, life.Case));
        Assert.Single(life.ViewOf(left)!.Case.Disclosures);
    }

    [Fact]
    public void Only_a_manager_without_another_role_lists_no_more_than_their_agency_leads()
    {
        Assert.Equal("probation", Permissions.CaseloadAgency(SamplePeople.Manager));
        Assert.All(
            (Person[])[SamplePeople.Coordinator, SamplePeople.Chair, SamplePeople.Deputy],
            person => Assert.Null(Permissions.CaseloadAgency(person)));
        Assert.Null(Permissions.CaseloadAgency(SamplePeople.Manager with { Roles = [Role.LeadAgencyManager, Role.DeputyChair] }));
    }

    private static string Readers(CaseState state, CaseScope scope) =>
        string.Join(' ', Everybody.Split(' ').Where(person => CaseFeatures.Model.ScopeOf(SamplePeople.Named(person), state) == scope));
}
