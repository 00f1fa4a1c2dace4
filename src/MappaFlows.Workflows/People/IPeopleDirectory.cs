
namespace MappaFlows.Workflows.People;

/// <summary>Who works with the product, and the mailboxes at which agencies are invited.</summary>
public interface IPeopleDirectory
{
    /// <summary>The person, or null where no one has this id.</summary>
    ValueTask<Person?> FindAsync(string personId, CancellationToken cancellationToken = default);

    /// <summary>The people of an area, in the order of their names.</summary>
    ValueTask<IReadOnlyList<Person>> InAreaAsync(string areaCode, CancellationToken cancellationToken = default);

    /// <summary>Everyone, in the order of their names.</summary>
    ValueTask<IReadOnlyList<Person>> AllAsync(CancellationToken cancellationToken = default);

    /// <summary>The address at which an agency is invited in an area; null where none is configured.</summary>
    ValueTask<string?> AgencyMailboxAsync(string areaCode, string agencyId, CancellationToken cancellationToken = default);
}
