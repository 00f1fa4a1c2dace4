namespace MappaFlows.Core.Tests.Streams;

/// <summary>Events are stored under lasting names and read by them.</summary>
public sealed class EventTypesTests
{
    private readonly EventTypes _types = new();

    public EventTypesTests()
    {
        _types.Add<Opened>();
        _types.Add<Renamed>("NameChanged");
    }

    [Fact]
    public void An_event_is_read_as_it_was_written()
    {
        Assert.Equal(new Opened("One"), _types.Read(_types.NameOf(new Opened("One")), _types.Write(new Opened("One"))));
        Assert.Equal("NameChanged", _types.NameOf(new Renamed("Two", 2)));
        Assert.Equal(new Renamed("Two", 2), _types.Read("NameChanged", _types.Write(new Renamed("Two", 2))));
    }

    [Fact]
    public void A_property_of_a_later_version_is_skipped() =>
        Assert.Equal(new Opened("One"), _types.Read(nameof(Opened), """{"title":"One","later":{"a":[1]}}"""));

    [Fact]
    public void A_name_that_no_code_knows_is_named_in_the_error() =>
        Assert.Equal("Gone", Assert.Throws<UnknownEventException>(() => _types.Read("Gone", "{}")).Name);

    [Fact]
    public void A_name_or_an_event_cannot_be_added_twice()
    {
        Assert.Throws<ArgumentException>(() => _types.Add<Closed>(nameof(Opened)));
        Assert.Throws<ArgumentException>(() => _types.Add<Opened>("Another"));
    }

    [Fact]
    public void An_event_of_another_stream_has_no_name_here() => Assert.Throws<ArgumentException>(() => _types.NameOf(new Closed()));

    private sealed record Opened(string Title) : StreamEvent;

    private sealed record Renamed(string Title, int Times) : StreamEvent;

    private sealed record Closed : StreamEvent;
}
