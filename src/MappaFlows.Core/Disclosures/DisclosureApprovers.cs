namespace MappaFlows.Core.Disclosures;

/// <summary>
/// Who decides on a disclosure: at level 2 and 3 the Chair, at level 1 the lead agency's manager; and who stands in for them.
/// </summary>
public static class DisclosureApprovers
{
    /// <summary>
    /// Whom this person can ask to approve a disclosure in this case, the first choice first. No one decides on their own proposal: where
    /// they are the only one whose turn it is, those who stand in are asked, so that a proposal always finds someone.
    /// </summary>
    public static IReadOnlyList<Person> For(CaseState state, IReadOnlyList<Person> people, Person proposer)
    {
        List<Person> first = [.. First(state, people).Where(person => person.Id != proposer.Id)];
        return first.Count > 0 ? first : [.. StandIns(state, people).Where(person => person.Id != proposer.Id).Distinct()];
    }

    private static IEnumerable<Person> StandIns(CaseState state, IReadOnlyList<Person> people) =>
        Deputies(state, people).Concat(people.Where(person => person.Is(Role.Chair, state.AreaCode)));

    private static IEnumerable<Person> First(CaseState state, IReadOnlyList<Person> people) => state.Level == ManagementLevel.Level1
        ? people.Where(person => person.Is(Role.LeadAgencyManager, state.AreaCode) && person.AgencyId == state.LeadAgencyId)
        : people.Where(person => person.Is(Role.Chair, state.AreaCode));

    /// <summary>Who decides when the approver does not, the first choice first.</summary>
    internal static IEnumerable<Person> Deputies(CaseState state, IReadOnlyList<Person> people)
    {
        var deputies = people.Where(person => person.Is(Role.DeputyChair, state.AreaCode));
        return state.Level == ManagementLevel.Level1
            ? First(state, people).Concat(deputies)
            : deputies.Concat(First(state, people));
    }
}
