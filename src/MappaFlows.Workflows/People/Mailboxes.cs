namespace MappaFlows.Workflows.People;

/// <summary>Which agencies can be invited by email.</summary>
public static class Mailboxes
{
    /// <summary>Those of the agencies that have no mailbox in the area: an invitation does not reach them.</summary>
    public static async ValueTask<IReadOnlyList<string>> WithoutMailboxAsync(
        this IPeopleDirectory people,
        string areaCode,
        IEnumerable<string> agencies,
        CancellationToken cancellationToken = default)
    {
        List<string> without = [];
        foreach (var agency in agencies)
        {
            if (string.IsNullOrWhiteSpace(await people.AgencyMailboxAsync(areaCode, agency, cancellationToken))) without.Add(agency);
        }

        return without;
    }
}
