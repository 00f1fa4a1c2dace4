using MappaFlows.Core.Disclosures;

namespace MappaFlows.Testing.Product;

/// <summary>Disclosures about made-up people that can be proposed as they are.</summary>
public static class SampleDisclosure
{
    /// <param name="discloserId">The person who will tell.</param>
    /// <param name="information">What is to be told.</param>
    public static DisclosureContent Of(string discloserId, string information = "A made-up sentence, word for word.") => new()
    {
        Information = information,
        RecipientName = "Robin Recipient",
        RecipientContact = "01632 960000",
        RecipientRelation = "Head teacher",
        DiscloserId = discloserId,
        Method = DisclosureMethod.InPerson,
        ReasonsFor = "Necessary and proportionate.",
        ReasonsAgainst = "None that outweigh it.",
        PresumptionToDisclose = false,
        SubjectInformed = true,
    };
}
