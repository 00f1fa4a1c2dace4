using MappaFlows.Core.Tests.Cases;

namespace MappaFlows.Core.Tests.Streams;

public sealed class CommandTextsTests
{
    public static TheoryData<string> Commands() => [.. CaseFeatures.Model.Commands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void No_command_has_a_text_that_the_policy_passes_over(string command) =>
        Assert.Empty(CommandTexts.Unread(CaseFeatures.Model.Commands.Single(type => type.Name == command)));

    [Theory]
    [InlineData("screening", nameof(SamplePeople.Coordinator), "Reasons")]
    [InlineData("level 2", nameof(SamplePeople.Coordinator), "Place")]
    [InlineData("held", nameof(SamplePeople.Coordinator), "Decisions[0].Rationale")]
    [InlineData("proposed", nameof(SamplePeople.Coordinator), "Information")]
    public void A_text_that_cannot_be_kept_is_refused_beside_its_field(string stage, string actor, string field)
    {
        const string turned = "Sam \u202Enosnhoj";
        var life = CommandTable.At(stage);
        CaseCommand command = stage switch
        {
            "screening" => Samples.Accept() with { Reasons = turned },
            "level 2" => SampleMeetings.At(life.Now.AddDays(14)) with { Place = turned },
            "held" => new RecordMeeting(1, Samples.Outcome(life.Case) with { Decisions = [new("Visit", turned)] }),
            _ => new ReviseDisclosure(1, SampleDisclosures.Content(turned)),
        };

        var refused = life.Refuses(SamplePeople.Named(actor), command);

        var problem = Assert.Single(refused.Problems);
        Assert.Equal(field, problem.Field);
        Assert.EndsWith("must not contain characters that change the direction of text", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_accepted_is_stored_as_it_is_kept()
    {
        var life = CommandTable.At("level 2");

        life.Does(SamplePeople.Coordinator, SampleMeetings.At(life.Now.AddDays(7)) with { Place = " Cafe\u0301\u200B\t2 ", LateReason = "\u2060" });

        Assert.Equal("Caf\u00E9\u200B 2", life.Case.NextMeeting!.Place);
    }

    [Fact]
    public void Someone_without_the_right_is_told_only_that()
    {
        var life = CommandTable.At("screening");

        var refused = life.Refuses(SamplePeople.Stranger, Samples.Accept() with { Reasons = "\u202E" + "x" });

        Assert.Equal(RefusalKind.Forbidden, refused.Kind);
    }

    [Fact]
    public void A_text_is_as_long_as_people_count_and_the_message_says_how_long()
    {
        var life = CommandTable.At("screening");
        var wave = "\U0001F44B\U0001F3FD";

        var refused = life.Refuses(
            SamplePeople.Coordinator,
            Samples.Accept() with { Reasons = string.Concat(Enumerable.Repeat(wave, 4001)) });

        Assert.Equal(
            "The reasons must be 4,000 characters or fewer: you have entered 4,001",
            Assert.Single(refused.Problems).Message);
        life.Does(SamplePeople.Coordinator, Samples.Accept() with { Reasons = string.Concat(Enumerable.Repeat(wave, 4000)) });
    }
}
