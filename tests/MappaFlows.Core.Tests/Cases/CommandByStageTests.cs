namespace MappaFlows.Core.Tests.Cases;

/// <summary>Every command at every stage, by the person whose part it is: done, or refused and why.</summary>
public sealed class CommandByStageTests
{
    internal static readonly string[] Stages =
    [
        "nothing", "screening", "asked", "refused", "level 1", "level 2", "arranged", "held", "recorded",
        "proposed", "change asked", "approved", "disclosure refused", "lapsed", "withdrawn", "made", "near exit", "closed", "screening overdue",
    ];

    /// <summary>
    /// For each command the stages at which it is accepted; at every other stage it is refused in the way that the second list says.
    /// </summary>
    private static readonly Dictionary<string, (string[] Accepted, string[] NotFound)> Table = new()
    {
        [nameof(SubmitReferral)] = (["nothing"], []),
        [nameof(DecideScreening)] = (["screening", "asked", "screening overdue"], []),
        [nameof(GiveInformation)] = (["asked"], []),
        [nameof(ScheduleMeeting)] = (["level 2", "recorded", "proposed", "change asked", "approved", "disclosure refused", "lapsed", "withdrawn", "made"], []),
        [nameof(MoveMeeting)] = (["arranged", "held"], []),
        [nameof(RecordMeeting)] = (["held"], []),
        [nameof(SendMinutes)] = (["recorded"], []),
        [nameof(RecordLevel1Review)] = (["level 1"], []),
        [nameof(ProposeDisclosure)] = ([.. Stages[4..17]], []),
        [nameof(ReviseDisclosure)] = (["proposed", "change asked", "lapsed"], [.. Stages[1..9], "near exit", "screening overdue"]),
        [nameof(WithdrawDisclosure)] = (["proposed", "change asked", "lapsed"], [.. Stages[1..9], "near exit", "screening overdue"]),
        [nameof(DecideDisclosure)] = (["proposed"], [.. Stages[1..9], "near exit", "screening overdue"]),
        [nameof(IssueApprovalLink)] = (["proposed"], []),
        [nameof(RecordDisclosure)] = (["approved"], []),
        [nameof(RevokeApproval)] = (["approved"], [.. Stages[1..9], "near exit", "screening overdue"]),
        [nameof(ReplaceDiscloser)] = (["approved"], [.. Stages[1..9], "near exit", "screening overdue"]),
        [nameof(ChangeDate)] = ([.. Stages[4..17]], []),
        [nameof(AddEligibility)] = ([.. Stages[4..17]], []),
        [nameof(RecordPreExitReview)] = (["near exit"], []),
        [nameof(DecideExit)] = ([.. Stages[4..17]], []),
        [nameof(DoWhatIsDue)] = ([.. Stages[1..]], []),
        [nameof(RemindOwner)] = (["screening overdue"], []),
        [nameof(NoteEscalation)] = (["screening overdue"], []),
    };

    internal static IEnumerable<string> Commands => Table.Keys;

    public static TheoryData<string, string> Cells()
    {
        var cells = new TheoryData<string, string>();
        foreach (var command in Table.Keys)
        {
            foreach (var stage in Stages) cells.Add(command, stage);
        }

        return cells;
    }

    [Fact]
    public void The_table_has_every_command_there_is()
    {
        var commands = typeof(CaseCommand).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(CaseCommand)))
            .Select(type => type.Name)
            .ToList();

        Assert.Equal(commands.Order(), CaseFeatures.Model.Commands.Select(type => type.Name).Order());

        var missing = commands.Except(Table.Keys);
        Assert.True(!missing.Any(), $"Add a row to CommandByStageTests and to CommandTable for: {string.Join(", ", missing)}");
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Each_command_is_done_or_refused_as_the_stage_has_it(string name, string stage)
    {
        var life = CommandTable.At(stage);
        var (accepted, notFound) = Table[name];

        var decision = life.Decides(SamplePeople.Named(CommandTable.Actor(name)), CommandFor(name, life));

        if (accepted.Contains(stage))
        {
            Assert.True(decision is Decision.Accepted, CaseSimulation.Words(decision));
            return;
        }

        var refused = Assert.IsType<Decision.Refused>(decision);
        var expected = stage == "nothing" || notFound.Contains(stage) ? [RefusalKind.NotFound]
            : new[] { RefusalKind.Conflict, RefusalKind.Forbidden, RefusalKind.Invalid };
        Assert.Contains(refused.Kind, expected);
        Assert.All(refused.Problems, problem => Assert.False(string.IsNullOrWhiteSpace(problem.Message)));
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Accepted_events_apply_and_give_a_timetable(string name, string stage)
    {
        var life = CommandTable.At(stage);

        if (life.Tries(SamplePeople.Named(CommandTable.Actor(name)), CommandFor(name, life)) is not Decision.Accepted accepted) return;

        Assert.Equal(life.Events.Count, life.Case.Version);
        Assert.Equal(accepted.Events, life.Events.TakeLast(accepted.Events.Count));
        Assert.NotNull(life.Timetable);
    }

    private static CaseCommand CommandFor(string name, CaseSimulation life) =>
        life.MaybeCase is null && name is nameof(RecordMeeting) ? new RecordMeeting(1, new()) : CommandTable.Command(name, life);
}
