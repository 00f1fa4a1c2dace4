using System.Text.Json;
using MappaFlows.Functions.Orchestration;
using Microsoft.DurableTask.Converters;

namespace MappaFlows.Functions.Tests.Orchestration;

public class PayloadTests
{
    private sealed record Ask(string CaseId, DateOnly Due);

    [Fact]
    public void Json_is_read_as_the_type_that_the_task_takes()
    {
        var json = JsonSerializer.SerializeToElement(new Ask("case-1", new DateOnly(2026, 12, 1)));

        Assert.Equal(new Ask("case-1", new DateOnly(2026, 12, 1)), Payload.Read(json, typeof(Ask), JsonDataConverter.Default));
    }

    [Fact]
    public void A_value_of_the_right_type_stays_as_it_is()
    {
        var ask = new Ask("case-1", default);

        Assert.Same(ask, Payload.Read(ask, typeof(Ask), JsonDataConverter.Default));
    }

    [Fact]
    public void A_value_of_another_type_is_converted()
    {
        Assert.Equal(7L, Payload.Read(7, typeof(long), JsonDataConverter.Default));
    }

    [Theory]
    [InlineData(typeof(string), null)]
    [InlineData(typeof(int), 0)]
    public void Nothing_is_the_types_own_nothing(Type type, object? nothing)
    {
        Assert.Equal(nothing, Payload.Read(null, type, JsonDataConverter.Default));
        Assert.Equal(nothing, Payload.Read(JsonSerializer.SerializeToElement<object?>(null), type, JsonDataConverter.Default));
    }
}
