using System.Text.Json.Serialization;

namespace MappaFlows.Core.Eligibility;

/// <summary>The kind of offence, as far as Category 2 asks for it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Offence>))]
public enum Offence
{
    Murder,

    /// <summary>An offence of Schedule 15 to the Criminal Justice Act 2003.</summary>
    Schedule15,

    ControllingOrCoerciveBehaviour,

    /// <summary>Any other offence.</summary>
    Other,
}
