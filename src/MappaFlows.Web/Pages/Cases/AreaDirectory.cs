using Microsoft.AspNetCore.Mvc.Rendering;

namespace MappaFlows.Web.Pages.Cases;

/// <summary>The people of a case's area, as pages name them and offer them.</summary>
public sealed class AreaDirectory(IReadOnlyList<Person> people)
{
    public static AreaDirectory None { get; } = new([]);

    public IReadOnlyList<Person> All => people;

    /// <summary>The name; the id for a person who has left the area, so that the record still says who it was.</summary>
    public string Name(string? id) => people.FirstOrDefault(person => person.Id == id)?.Name ?? id ?? "No one";

    /// <summary>Those who can make a disclosure: everyone who works on cases.</summary>
    public IEnumerable<SelectListItem> Disclosers =>
    [
        new("Choose a person", ""),
        .. people
            .Where(DisclosurePermissions.MayBeDiscloser)
            .Select(person => new SelectListItem($"{person.Name}, {PeopleLabels.Agency(person.AgencyId)}", person.Id)),
    ];
}
