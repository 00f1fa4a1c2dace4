using MappaFlows.Core.Disclosures;

namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>A content as a page shows it, with the discloser's name.</summary>
public sealed record ShownContent(DisclosureContent Content, string Discloser);
