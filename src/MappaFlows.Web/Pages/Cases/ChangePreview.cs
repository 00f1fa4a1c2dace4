namespace MappaFlows.Web.Pages.Cases;

/// <summary>What would change in a case if something were done: dates that move, its category, and what stays undone if it closes.</summary>
public sealed record ChangePreview(
    IReadOnlyList<MovedDate> Moves,
    Category CategoryBefore,
    Category CategoryAfter,
    IReadOnlyList<string> Undone)
{
    public static ChangePreview Of(Timetable before, Timetable after, CaseWeb titles)
    {
        var old = before.Obligations.ToDictionary(Name, obligation => obligation.Due?.Day);
        var now = after.Obligations.ToDictionary(Name, obligation => obligation.Due?.Day);
        var moves = old.Keys.Union(now.Keys)
            .Select(name => new MovedDate(
                titles.Title(name.Kind, name.Number),
                old.GetValueOrDefault(name),
                now.GetValueOrDefault(name),
                IsGone: !now.ContainsKey(name)))
            .Where(move => move.IsGone || move.Before != move.After)
            .OrderBy(move => move.After ?? DateOnly.MaxValue)
            .ToList();
        List<string> undone = [.. (after.Case.Exit?.Undone ?? []).Select(one => titles.Title(one.Kind, one.Number))];
        return new(moves, before.Case.Category, after.Case.Category, undone);
    }

    private static (ObligationKind Kind, int? Number) Name(Obligation obligation) => (obligation.Kind, obligation.Number);
}

/// <summary>Something a case waits for, and its day before and after; null for no date.</summary>
/// <param name="IsGone">Whether the case would wait for it no longer.</param>
public sealed record MovedDate(string What, DateOnly? Before, DateOnly? After, bool IsGone);
