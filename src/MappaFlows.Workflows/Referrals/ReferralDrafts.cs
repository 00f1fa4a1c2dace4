using MappaFlows.Tables;

namespace MappaFlows.Workflows.Referrals;

/// <summary>
/// Referrals that people have begun. Saved page by page, so that nothing typed is ever lost; removed by their owner, or when submitted.
/// </summary>
public sealed class ReferralDrafts(
    ITableStore store,
    IPeopleDirectory people,
    CaseloadIndex caseload,
    UnreadableRows rows,
    TimeProvider time) : IStoredRows
{
    private const string Prefix = "draft-";

    /// <summary>The draft, or null where this person has none of this id.</summary>
    public async Task<ReferralDraft?> FindAsync(string personId, string draftId, CancellationToken cancellationToken = default)
    {
        if (!Guid.TryParseExact(draftId, "N", out _)) return null;
        return await store.GetAsync(TableNames.Referrals, personId, Prefix + draftId, cancellationToken) is { } entity
            && rows.TryRead(TableNames.Referrals, entity, Of, out var draft)
            ? draft
            : null;
    }

    /// <summary>The person's drafts, the last changed first.</summary>
    public async Task<IReadOnlyList<ReferralDraft>> ListAsync(string personId, CancellationToken cancellationToken = default)
    {
        var drafts = new List<ReferralDraft>();
        await foreach (var entity in store.ReadAllAsync(TableNames.Referrals, personId, RowRange.Prefix(Prefix), cancellationToken))
        {
            if (rows.TryRead(TableNames.Referrals, entity, Of, out var draft)) drafts.Add(draft);
        }

        return [.. drafts.OrderByDescending(draft => draft.SavedAt)];
    }

    /// <summary>Reads the drafts, and the referrals sent, of everyone, so that those rows are known which cannot be read.</summary>
    public async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        foreach (var person in await people.AllAsync(cancellationToken))
        {
            await ListAsync(person.Id, cancellationToken);
            await caseload.SentByAsync(person.Id, take: 1, cancellationToken);
        }
    }

    /// <summary>Begins a draft.</summary>
    public async Task<ReferralDraft> BeginAsync(string personId, Referral referral, CancellationToken cancellationToken = default)
    {
        var draft = new ReferralDraft(Guid.NewGuid().ToString("N"), referral, time.GetUtcNow());
        await SaveAsync(personId, draft, cancellationToken);
        return draft;
    }

    /// <summary>Keeps what the draft says now.</summary>
    public async Task SaveAsync(string personId, ReferralDraft draft, CancellationToken cancellationToken = default)
    {
        var properties = PropertiesOf(draft with { SavedAt = time.GetUtcNow() });
        await store.CommitAsync(TableNames.Referrals, personId, [new Upsert(Prefix + draft.Id, properties)], cancellationToken);
    }

    /// <summary>Changes what the draft says now, whoever else changes it at the same time.</summary>
    /// <param name="change">The same referral again leaves the draft as it is.</param>
    /// <returns>The draft as it is then; null where there is none.</returns>
    public async Task<ReferralDraft?> ChangeAsync(
        string personId,
        string draftId,
        Func<Referral, Referral> change,
        CancellationToken cancellationToken = default) =>
        await Retries.Conflicts.ExecuteAsync(
            async token =>
            {
                if (await store.GetAsync(TableNames.Referrals, personId, Prefix + draftId, token) is not { } entity) return null;
                if (!rows.TryRead(TableNames.Referrals, entity, Of, out var draft)) return null;
                var changed = change(draft.Referral);
                if (ReferenceEquals(changed, draft.Referral)) return draft;
                draft = draft with { Referral = changed, SavedAt = time.GetUtcNow() };
                await store.CommitAsync(
                    TableNames.Referrals, personId, [new Replace(entity.Row, PropertiesOf(draft), entity.ETag)], token);
                return draft;
            },
            cancellationToken);

    public async Task RemoveAsync(string personId, string draftId, CancellationToken cancellationToken = default) =>
        await store.CommitAsync(TableNames.Referrals, personId, [new Delete(Prefix + draftId)], cancellationToken);

    private static Dictionary<string, object> PropertiesOf(ReferralDraft draft)
    {
        var properties = new Dictionary<string, object> { ["SavedAt"] = draft.SavedAt };
        PackedJson.Add(properties, "Referral", draft.Referral);
        return properties;
    }

    private static ReferralDraft Of(Entity entity) => new(
        entity.Row[Prefix.Length..],
        PackedJson.Read<Referral>(entity.Properties, "Referral"),
        (DateTimeOffset)entity.Properties["SavedAt"]);
}

/// <summary>A referral that is not submitted yet. Its id is also the idempotency key of its submission.</summary>
public sealed record ReferralDraft(string Id, Referral Referral, DateTimeOffset SavedAt);
