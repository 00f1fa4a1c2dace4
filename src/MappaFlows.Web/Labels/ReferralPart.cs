namespace MappaFlows.Web.Labels;

/// <summary>A part of a referral: a page of the journey and a card of every summary.</summary>
/// <param name="Name">The property of <see cref="Referral"/>, with which the names of its problems begin.</param>
/// <param name="Slug">Its place in an address.</param>
/// <param name="Title">What people call it.</param>
/// <param name="IsOptional">Whether all of it may be left blank.</param>
public sealed record ReferralPart(string Name, string Slug, string Title, bool IsOptional = false)
{
    /// <summary>Every part, in the order in which the journey asks for them.</summary>
    public static IReadOnlyList<ReferralPart> All { get; } =
    [
        new(nameof(Referral.Placement), "placement", "Area, category and level"),
        new(nameof(Referral.Subject), "subject", "The person"),
        new(nameof(Referral.Identifiers), "identifiers", "Identity numbers", IsOptional: true),
        new(nameof(Referral.Addresses), "addresses", "Addresses"),
        new(nameof(Referral.Offence), "offence", "Offence and sentence"),
        new(nameof(Referral.Dates), "dates", "Dates"),
        new(nameof(Referral.Risk), "risk", "Risk of serious harm"),
        new(nameof(Referral.Reason), "reason", "Reasons for the referral"),
        new(nameof(Referral.Safeguarding), "safeguarding", "Victims, children and domestic abuse", IsOptional: true),
        new(nameof(Referral.Meeting), "meeting", "Meeting and contacts"),
    ];

    public static ReferralPart Of(string name) => All.First(part => part.Name == name);

    /// <summary>The part that a problem's field belongs to.</summary>
    public static ReferralPart OfField(string field) => Of(field.Split('.')[0]);

    /// <summary>The part asked for next; null after the last.</summary>
    public ReferralPart? Next => All.SkipWhile(part => part != this).Skip(1).FirstOrDefault();

    /// <summary>The part asked for before; null before the first.</summary>
    public ReferralPart? Previous => All.TakeWhile(part => part != this).LastOrDefault();
}
