namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>A content as a page shows it, with the discloser's name.</summary>
public sealed record DisclosureContentModel(DisclosureContent Content, string Discloser);
