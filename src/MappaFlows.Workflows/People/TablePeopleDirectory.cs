using System.Globalization;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.People;

/// <summary>
/// The directory in the table store. Read whole and kept for a short while: a few hundred people are asked for in every request,
/// and a change of role takes effect within <see cref="CacheTime"/>.
/// </summary>
public sealed class TablePeopleDirectory(ITableStore store, UnreadableRows rows) : IPeopleDirectory, IStoredRows
{
    private const string PeoplePartition = "people";
    private const string MailboxPartition = "mailboxes";

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Snapshot? _snapshot;
    private int _saves;

    /// <summary>How long a snapshot is used, in real time, even when the product's clock is moved.</summary>
    public static TimeSpan CacheTime { get; } = TimeSpan.FromSeconds(30);

    public async ValueTask<Person?> FindAsync(string personId, CancellationToken cancellationToken = default) =>
        (await ReadAsync(cancellationToken)).ById.GetValueOrDefault(personId);

    public async ValueTask<IReadOnlyList<Person>> InAreaAsync(string areaCode, CancellationToken cancellationToken = default) =>
        [.. (await ReadAsync(cancellationToken)).ByArea[areaCode]];

    public async ValueTask<IReadOnlyList<Person>> AllAsync(CancellationToken cancellationToken = default) =>
        (await ReadAsync(cancellationToken)).Everyone;

    public async ValueTask<string?> AgencyMailboxAsync(string areaCode, string agencyId, CancellationToken cancellationToken = default) =>
        (await ReadAsync(cancellationToken)).Mailboxes.GetValueOrDefault(MailboxRow(areaCode, agencyId));

    /// <summary>Adds or replaces people and mailboxes.</summary>
    public async Task SaveAsync(
        IEnumerable<Person> people,
        IEnumerable<AgencyMailbox> mailboxes,
        CancellationToken cancellationToken = default)
    {
        await SaveAsync(PeoplePartition, people.Select(person => new Upsert(person.Id, Properties(person))), cancellationToken);
        await SaveAsync(
            MailboxPartition,
            mailboxes.Select(box => new Upsert(
                MailboxRow(box.AreaCode, box.AgencyId),
                new Dictionary<string, object> { ["Address"] = box.Address })),
            cancellationToken);
        Interlocked.Increment(ref _saves);
        _snapshot = null;
    }

    private async Task SaveAsync(string partition, IEnumerable<Change> changes, CancellationToken cancellationToken)
    {
        foreach (var batch in changes.Chunk(TableLimits.ChangesPerCommit))
            await store.CommitAsync(TableNames.People, partition, batch, cancellationToken);
    }

    private async ValueTask<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        if (_snapshot is { } known && known.IsFresh) return known;
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_snapshot is { } read && read.IsFresh) return read;
            var saves = Volatile.Read(ref _saves);
            var people = new List<Person>();
            await foreach (var entity in store.ReadAllAsync(TableNames.People, PeoplePartition, RowRange.All, cancellationToken))
            {
                // Someone whose row cannot be read has no rights until it is repaired; everyone else works on.
                if (rows.TryRead(TableNames.People, entity, PersonOf, out var person)) people.Add(person);
            }

            var mailboxes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            await foreach (var entity in store.ReadAllAsync(TableNames.People, MailboxPartition, RowRange.All, cancellationToken))
            {
                if (rows.TryRead(TableNames.People, entity, AddressOf, out var address)) mailboxes[entity.Row] = address;
            }

            var snapshot = new Snapshot(people, mailboxes);

            // What was saved meanwhile may not be in it: good for this one question, and not to be kept.
            if (saves == Volatile.Read(ref _saves)) _snapshot = snapshot;
            return snapshot;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Reads everyone, so that those rows are known which cannot be read.</summary>
    public async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        _snapshot = null;
        await ReadAsync(cancellationToken);
    }

    private static string AddressOf(Entity entity) => (string)entity.Properties["Address"];

    private static string MailboxRow(string areaCode, string agencyId) => $"{areaCode}|{agencyId}";

    private static Dictionary<string, object> Properties(Person person) => new()
    {
        ["Name"] = person.Name,
        ["Email"] = person.Email,
        ["Agency"] = person.AgencyId,
        ["Area"] = person.AreaCode,
        ["Roles"] = string.Join(',', person.Roles),
    };

    private static Person PersonOf(Entity entity) => new(
        entity.Row,
        (string)entity.Properties["Name"],
        (string)entity.Properties["Email"],
        (string)entity.Properties["Agency"],
        (string)entity.Properties["Area"],
        [.. ((string)entity.Properties["Roles"]).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>)]);

    private sealed class Snapshot(IReadOnlyCollection<Person> people, IReadOnlyDictionary<string, string> mailboxes)
    {
        private readonly long _readAt = Environment.TickCount64;

        public bool IsFresh => Environment.TickCount64 - _readAt < CacheTime.TotalMilliseconds;

        public IReadOnlyList<Person> Everyone { get; } =
            [.. people.OrderBy(person => person.Name, StringComparer.Create(CultureInfo.InvariantCulture, ignoreCase: true))];

        public IReadOnlyDictionary<string, Person> ById { get; } = people.ToDictionary(person => person.Id);

        public ILookup<string, Person> ByArea { get; } = people
            .OrderBy(person => person.Name, StringComparer.Create(CultureInfo.InvariantCulture, ignoreCase: true))
            .ToLookup(person => person.AreaCode, StringComparer.OrdinalIgnoreCase);

        public IReadOnlyDictionary<string, string> Mailboxes { get; } = mailboxes;
    }
}

/// <summary>Where an agency is invited in an area.</summary>
public sealed record AgencyMailbox(string AreaCode, string AgencyId, string Address);
