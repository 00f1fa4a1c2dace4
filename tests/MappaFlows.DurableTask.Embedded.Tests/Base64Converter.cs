using System.Text.Json;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>Writes text that no JSON reader takes, and reads no other.</summary>
internal sealed class Base64Converter : DataConverter
{
    private const string Mark = "b64:";

    public override string? Serialize(object? value) =>
        value is null ? null : Mark + Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(value));

    public override object? Deserialize(string? data, Type targetType) => data is null ? null
        : data.StartsWith(Mark, StringComparison.Ordinal) ? JsonSerializer.Deserialize(
            Convert.FromBase64String(data[Mark.Length..]),
            targetType)
        : throw new FormatException("This converter has not written the text.");
}
