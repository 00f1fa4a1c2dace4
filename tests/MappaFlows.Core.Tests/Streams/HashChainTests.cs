namespace MappaFlows.Core.Tests.Streams;

/// <summary>No recorded event can be changed without breaking its hash.</summary>
public sealed class HashChainTests
{
    private static readonly StreamId Stream = new("Cases", "MF-7K3QF-92XBT");
    private static readonly EventInfo Info = new(7, new(2026, 6, 3, 9, 0, 0, TimeSpan.Zero), "casey", "Casey");
    private static readonly EventRecord Record = EventRecord.After("before", Stream, Info, "MinutesSent", """{"number":1}""");

    public static TheoryData<string> Fields => ["sequence", "at", "actor id", "actor name", "type", "data", "previous hash", "hash"];

    [Fact]
    public void An_event_as_it_was_recorded_is_intact() => Assert.True(Record.IsIntact(Stream));

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_changed_field_breaks_the_hash(string field)
    {
        var changed = field switch
        {
            "sequence" => Record with { Info = Info with { Sequence = 8 } },
            "at" => Record with { Info = Info with { At = Info.At.AddTicks(1) } },
            "actor id" => Record with { Info = Info with { ActorId = "charlie" } },
            "actor name" => Record with { Info = Info with { ActorName = "Charlie" } },
            "type" => Record with { Type = "MeetingRecorded" },
            "data" => Record with { Data = """{"number":2}""" },
            "previous hash" => Record with { PreviousHash = "other" },
            _ => Record with { Hash = "other" },
        };

        Assert.False(changed.IsIntact(Stream));
    }

    [Fact]
    public void An_event_moved_to_another_stream_is_not_intact()
    {
        Assert.False(Record.IsIntact(Stream with { Id = "MF-00000-00000" }));
        Assert.False(Record.IsIntact(Stream with { Table = "Administration" }));
    }

    [Theory]
    [InlineData("a\nb", "c", "a", "b\nc")]
    [InlineData("a\",\"b", "c", "a", "b\",\"c")]
    [InlineData("", "ab", "ab", "")]
    public void Texts_that_run_together_do_not_hash_alike(string id, string name, string otherId, string otherName) => Assert.NotEqual(
        HashChain.Next(HashChain.Start, Stream, Info with { ActorId = id, ActorName = name }, "A", "{}"),
        HashChain.Next(HashChain.Start, Stream, Info with { ActorId = otherId, ActorName = otherName }, "A", "{}"));

    [Fact]
    public void The_same_moment_in_another_time_zone_hashes_alike() => Assert.Equal(
        HashChain.Next(HashChain.Start, Stream, Info, "A", "{}"),
        HashChain.Next(HashChain.Start, Stream, Info with { At = Info.At.ToOffset(TimeSpan.FromHours(1)) }, "A", "{}"));
}
