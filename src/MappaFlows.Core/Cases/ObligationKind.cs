using System.Text.Json;
using System.Text.Json.Serialization;

namespace MappaFlows.Core.Cases;

/// <summary>What the clock does about an obligation that is not met.</summary>
[Flags]
public enum ObligationSteps
{
    None = 0,
    Remind = 1,
    Escalate = 2,
    Expire = 4,
}

/// <summary>A kind of obligation, declared by its feature. Its name is stored and shown by the API: it lasts.</summary>
/// <param name="Steps">What the clock does about it; not stored.</param>
/// <param name="PassedOnTo">
/// The role that has to see to it once it is escalated, besides those who owe it; null for no role. Not stored.
/// </param>
[JsonConverter(typeof(ObligationKindJson))]
public sealed record ObligationKind(string Name, ObligationSteps Steps = ObligationSteps.None, Role? PassedOnTo = null)
{
    /// <summary>Two of the same name are the same kind.</summary>
    public bool Equals(ObligationKind? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;

    private sealed class ObligationKindJson : JsonConverter<ObligationKind>
    {
        public override ObligationKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? throw new JsonException("A kind of obligation has a name."));

        public override void Write(Utf8JsonWriter writer, ObligationKind value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Name);
    }
}
