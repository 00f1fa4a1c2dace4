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

    GuardianshipOrder,

    Caution,

    ConditionalDischarge,

    AbsoluteDischarge,

    /// <summary>Any other disposal, such as a community order or a fine.</summary>
    Other,
}

public static class Disposals
{
    extension(Disposal disposal)
    {
        /// <summary>Whether the court says how long it lasts.</summary>
        public bool HasTerm => disposal is Disposal.Imprisonment or Disposal.ConditionalDischarge;

        /// <summary>Whether it may last until someone ends it: then there is no date on which it expires.</summary>
        public bool MayHaveNoEnd => disposal is Disposal.LifeOrPublicProtection
            or Disposal.HospitalOrderWithRestriction or Disposal.HospitalOrder or Disposal.GuardianshipOrder;
    }
}
