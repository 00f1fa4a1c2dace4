using System.Collections.Concurrent;
using MappaFlows.Workflows.Cases;
using MappaFlows.Workflows.Inspecting;

namespace MappaFlows.Workflows.Auditing;

/// <summary>Compares cases, and the administrators' audit, with what was anchored of them, an anchor at a time.</summary>
public sealed class AnchorCheck(
    IAuditVault vault,
    AnchorIndex anchors,
    UnanchoredCases unanchored,
    CaseStore cases,
    AuditLog administrators,
    ProductMetrics metrics,
    TimeProvider time)
{
    private const int CasesAtOnce = 8;

    /// <summary>Checks the anchor that comes next, and keeps what it found.</summary>
    /// <returns>The progress after it. Checking the same again finds the same.</returns>
    public async Task<CheckProgress> CheckNextAsync(CheckProgress progress, CancellationToken cancellationToken = default)
    {
        var number = progress.Through + 1;
        var anchor = await anchors.FindAsync(number, cancellationToken);
        var found = await CheckAsync(number, anchor, cancellationToken);
        var now = time.GetUtcNow();
        var after = progress.With(found, now);
        if (after.IsOver && await KnownAnchors.FindAsync(vault, anchors, cancellationToken) is { Stray: { } stray })
            after = after.With(new Disagreement(DisagreementKind.AnchorStray, stray));

        var disagreements = after.Disagreements - progress.Disagreements;
        if (disagreements > 0) metrics.AuditDisagreed((int)disagreements);
        await anchors.KeepAsync(after, anchor is null ? null : anchor with { CheckedAt = now, Disagreements = found.Disagreements.Count }, cancellationToken);
        if (after.IsOver) await LetGoOfWholeRecordsAsync(cancellationToken);
        return after;
    }

    private async Task<CheckedAnchor> CheckAsync(long number, Anchor? anchor, CancellationToken cancellationToken)
    {
        if (await vault.ReadAsync(AnchorDocument.NameOf(number), cancellationToken) is not { } content)
            return new(0, [new(DisagreementKind.AnchorMissing, number, anchor?.At)]);

        var found = new List<Disagreement>();
        if (anchor is not null && anchor.Sha256 != AnchorDocument.HashOf(content)) found.Add(new(DisagreementKind.AnchorChanged, number, anchor.At));
        if (AnchorDocument.TryRead(number, content) is not { } document)
            return new(0, [.. found, new(DisagreementKind.AnchorUnreadable, number, anchor?.At)]);

        if (document.Previous != await PreviousAsync(number, cancellationToken)) found.Add(new(DisagreementKind.PredecessorChanged, number, document.At));
        if (document.Administrators is { } entry && await administrators.FindBrokenSealAsync(entry.Sequence, entry.Hash, cancellationToken) is { } broken)
            found.Add(new(DisagreementKind.AdministratorsChanged, number, document.At, Event: broken));
        found.AddRange(await CheckCasesAsync(document, cancellationToken));
        return new(document.Heads.Count, found);
    }

    /// <summary>An administrator's check is what ends the finding that a record is short, where it is whole again: the next anchor has it then.</summary>
    private async Task LetGoOfWholeRecordsAsync(CancellationToken cancellationToken)
    {
        foreach (var found in await anchors.ShortRecordsAsync(cancellationToken))
        {
            if (await cases.HeadAsync(found.Case, cancellationToken) is not { } head || head.Sequence < found.Version) continue;
            if (await cases.FindBrokenSealAsync(found.Case, cancellationToken) is not null) continue;
            if (await cases.LoadAsync(found.Case, cancellationToken) is not { Case.AreaCode: var areaCode }) continue;
            await unanchored.MarkAsync(areaCode, [(found.Case, found.Version)], cancellationToken);
            await anchors.RemoveShortRecordAsync(found, cancellationToken);
        }
    }

    /// <summary>The document before, as the vault has it.</summary>
    private async Task<PreviousDocument?> PreviousAsync(long number, CancellationToken cancellationToken)
    {
        var name = AnchorDocument.NameOf(number - 1);
        return number > 1 && await vault.ReadAsync(name, cancellationToken) is { } content ? new(name, AnchorDocument.HashOf(content)) : null;
    }

    private async Task<IReadOnlyList<Disagreement>> CheckCasesAsync(AnchorDocument document, CancellationToken cancellationToken)
    {
        var found = new ConcurrentBag<Disagreement>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = CasesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(document.Heads, options, async (head, token) =>
        {
            if (await cases.FindBrokenSealAsync(head.Case, head.Sequence, head.Hash, token) is { } broken)
                found.Add(new(DisagreementKind.CaseChanged, document.Number, document.At, head.Case, broken));
        });
        return [.. found.OrderBy(disagreement => disagreement.Case.ToString(), StringComparer.Ordinal)];
    }
}
