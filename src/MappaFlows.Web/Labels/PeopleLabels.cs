namespace MappaFlows.Web.Labels;

/// <summary>Roles, agencies and areas as people call them.</summary>
public static class PeopleLabels
{
    public static string Label(this Role role) => role switch
    {
        Role.Referrer => "Referrer",
        Role.Coordinator => "Coordinator",
        Role.Chair => "Chair",
        Role.DeputyChair => "Deputy chair",
        Role.LeadAgencyManager => "Lead agency manager",
        Role.Administrator => "Administrator",
        Role.LayAdviser => "Lay adviser",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "There are no words for this role."),
    };

    /// <summary>Everyone who holds the role, for example "The area’s coordinators".</summary>
    public static string Holders(this Role role) => role switch
    {
        Role.Coordinator => "The area’s coordinators",
        Role.Chair => "The area’s chairs",
        Role.LeadAgencyManager => "The lead agency’s managers",
        _ => role.Label(),
    };

    /// <summary>The agency's name; the id itself where it is no longer in the list, so that an old record still says something.</summary>
    public static string Agency(string? id) => Agencies.Find(id)?.Name ?? id ?? "";

    /// <summary>The area's name; the code itself where it is no longer in the list.</summary>
    public static string Area(string? code) => MappaAreas.Find(code)?.Name ?? code ?? "";

    /// <summary>For example "Police, Prison Service and Probation Service".</summary>
    public static string AgencyList(IEnumerable<string> ids) => List([.. ids.Select(Agency)]);

    /// <summary>For example "one, two and three"; "None" for none.</summary>
    public static string List(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "None",
        1 => items[0],
        _ => $"{string.Join(", ", items.SkipLast(1))} and {items[^1]}",
    };
}
