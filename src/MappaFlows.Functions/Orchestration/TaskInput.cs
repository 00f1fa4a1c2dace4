using System.Text.Json;
using Microsoft.DurableTask;

namespace MappaFlows.Functions.Orchestration;

/// <summary>Reads what a trigger brings as the type that a task takes.</summary>
internal static class TaskInput
{
    /// <param name="value">A JSON element, or what the host already made of it.</param>
    /// <param name="type">What the task takes.</param>
    /// <param name="converter">The SDK's own, so that what it wrote is read in the same way.</param>
    public static object? Read(object? value, Type type, DataConverter converter) => value switch
    {
        null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        JsonElement json when type != typeof(JsonElement) => converter.Deserialize(json.GetRawText(), type),
        _ when type.IsInstanceOfType(value) => value,
        _ => converter.Deserialize(converter.Serialize(value), type),
    };
}
