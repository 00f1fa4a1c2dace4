using System.Text.Json;
using MappaFlows.Functions.Orchestration;
using Microsoft.DurableTask.Converters;

namespace MappaFlows.Functions.Tests.Orchestration;

public class TaskInputTests
{
    private sealed record Ask(string CaseId, DateOnly Due);

    [Fact]
    public void Json_is_read_as_the_type_that_the_task_takes()
    {
        var json = JsonSerializer.SerializeToElement(new Ask("case-1", new DateOnly(2026, 12, 1)));

        Assert.Equal(new Ask("case-1", new DateOnly(2026, 12, 1)), TaskInput.Read(json, typeof(Ask), JsonDataConverter.Default));
    }

    [Fact]
    public void A_value_of_the_right_type_stays_as_it_is()
    {
        var ask = new Ask("case-1", default);

        Assert.Same(ask, TaskInput.Read(ask, typeof(Ask), JsonDataConverter.Default));
    }

    [Fact]
    public void A_value_of_another_type_is_converted()
    {
        Assert.Equal(7L, TaskInput.Read(7, typeof(long), JsonDataConverter.Default));
    }

    [Fact]
    public void Nothing_stays_null()
    {
        Assert.Null(TaskInput.Read(null, typeof(int), JsonDataConverter.Default));
        Assert.Null(TaskInput.Read(JsonSerializer.SerializeToElement<object?>(null), typeof(string), JsonDataConverter.Default));
    }
}
