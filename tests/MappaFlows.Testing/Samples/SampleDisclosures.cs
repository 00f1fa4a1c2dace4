using MappaFlows.Core.Disclosures;

namespace MappaFlows.Testing.Samples;

/// <summary>Disclosures that can be proposed as they are.</summary>
public static class SampleDisclosures
{
    public const string Information = "The person must not be alone with children.";

    /// <param name="information">What is to be disclosed, word for word.</param>
    /// <param name="discloserId">The person who is to disclose it; the manager where none is named.</param>
    public static DisclosureContent Content(string information = Information, string? discloserId = null) => new()
    {
        Information = information,
        RecipientName = "Robin Recipient",
        RecipientContact = "01632 960000",
        RecipientRelation = "Head teacher",
        DiscloserId = discloserId ?? SamplePeople.Manager.Id,
        Method = DisclosureMethod.InPerson,
        ReasonsFor = "It is necessary to protect the children.",
        ReasonsAgainst = "It may cost the person the job.",
        PresumptionToDisclose = false,
        SubjectInformed = true,
    };
}
