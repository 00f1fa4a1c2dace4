using System.Text.Json;
using System.Text.Json.Nodes;

namespace MappaFlows.Core.Tests.Cases;

/// <summary>
/// Every text of every command, with every naughty text in its place: it is decided, and what is accepted can be stored and read again. The
/// commands come from the model and their texts from their JSON, so a new one cannot be forgotten.
/// </summary>
public sealed class NaughtyStringTests
{
    /// <summary>A stage at which each command is done.</summary>
    private static readonly string[] Stages =
        ["nothing", "screening", "asked", "level 1", "level 2", "arranged", "held", "recorded", "proposed", "approved", "near exit"];

    public static TheoryData<string> Commands => [.. CaseFeatures.Model.Commands.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Any_text_in_any_field_is_decided_and_what_is_accepted_is_stored_to_the_letter(string name)
    {
        var actor = SamplePeople.Named(CommandTable.Actor(name));
        var life = Stages.Select(CommandTable.At).FirstOrDefault(stage => stage.Decides(actor, CommandTable.Command(name, stage)) is Decision.Accepted)
            ?? CommandTable.At("level 2");
        var type = CaseFeatures.Model.Commands.Single(command => command.Name == name);
        var written = JsonSerializer.SerializeToNode(CommandTable.Command(name, life), type, StreamJson.Options)!;
        var tried = 0;

        foreach (var path in TextsOf(written).ToList())
        {
            foreach (var naughty in NaughtyStrings.All)
            {
                var changed = written.DeepClone();
                Replace(changed, path, naughty);
                if (TryRead(changed, type) is not { } command) continue;

                var decision = life.Decides(actor, command);

                tried++;
                if (decision is not Decision.Accepted accepted) continue;
                foreach (var happened in accepted.Events)
                {
                    var data = CaseFeatures.Model.Events.Write(happened);
                    var again = CaseFeatures.Model.Events.Read(CaseFeatures.Model.Events.NameOf(happened), data);
                    Assert.Equal(data, CaseFeatures.Model.Events.Write(again));
                }

                var state = CaseFeatures.Model.ApplyAll(life.MaybeCase!, life.Events.Count, life.MaybeCase is null ? [] : accepted.Events, life.Context(actor));
                if (state is not null) Assert.NotEmpty(CaseFeatures.Model.Write(state));
            }
        }

        Assert.True(tried > 0 || !TextsOf(written).Any(), name);
    }

    /// <summary>Where the texts stand, as lists of names and places.</summary>
    private static IEnumerable<IReadOnlyList<object>> TextsOf(JsonNode node, params IReadOnlyList<object> at) => node switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [at],
        JsonObject record => record.Where(member => member.Value is not null).SelectMany(member => TextsOf(member.Value!, [.. at, member.Key])),
        JsonArray list => list.Where(item => item is not null).SelectMany((item, index) => TextsOf(item!, [.. at, index])),
        _ => [],
    };

    private static void Replace(JsonNode root, IReadOnlyList<object> path, string text)
    {
        var node = root;
        foreach (var step in path.SkipLast(1)) node = step is int index ? node[index]! : node[(string)step]!;
        if (path[^1] is int last) node[last] = JsonValue.Create(text);
        else node[(string)path[^1]] = JsonValue.Create(text);
    }

    /// <summary>Null where the text is no value of its type, such as a date: then the door refuses it.</summary>
    private static CaseCommand? TryRead(JsonNode written, Type type)
    {
        try
        {
            return (CaseCommand?)written.Deserialize(type, StreamJson.Options);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
