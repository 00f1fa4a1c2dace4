namespace MappaFlows.Workflows.People;

/// <summary>The roles with which a person acts.</summary>
public static class CurrentRoles
{
    /// <summary>A role that was taken away since the person signed in counts no more; nor does any role of someone who has left.</summary>
    public static async ValueTask<Person> WithRolesOfNowAsync(
        this IPeopleDirectory people,
        Person actor,
        CancellationToken cancellationToken) =>
        actor.IsClock
        ? actor
        : await people.FindAsync(actor.Id, cancellationToken) ?? actor with { Roles = [] };
}
