using System.Text.Json.Serialization;

namespace MappaFlows.Core.Eligibility;

/// <summary>What a court or the police did, as far as it decides how long someone is managed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Disposal>))]
public enum Disposal
{
    LifeOrPublicProtection,

    /// <summary>Any custodial sentence with a term, suspended or not.</summary>
    Imprisonment,

    HospitalOrderWithRestriction,

    /// <summary>A hospital order without a restriction order.</summary>
    HospitalOrder,

    Caution,

    ConditionalDischarge,

    /// <summary>Any other disposal, such as a community order or a fine.</summary>
    Other,
}
