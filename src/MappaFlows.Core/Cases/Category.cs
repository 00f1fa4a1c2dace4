using System.Text.Json.Serialization;

namespace MappaFlows.Core.Cases;

/// <summary>
/// Why the law brings a person under MAPPA (Criminal Justice Act 2003, section 325).
/// A person may have several bases at once, but is managed in one category at a time.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<Category>))]
public enum Category
{
    /// <summary>Subject to sexual offender notification requirements.</summary>
    Category1 = 1,

    /// <summary>Sentenced for a serious violent or other sexual offence.</summary>
    Category2 = 2,

    /// <summary>Another dangerous person who needs formal multi-agency management.</summary>
    Category3 = 3,

    /// <summary>A terrorist or terrorist-risk offender (since 2022).</summary>
    Category4 = 4,
}
