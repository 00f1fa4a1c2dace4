namespace MappaFlows.Web.Pages.Cases;

/// <summary>What would change in a case if something were done: dates that move, its category, and what it closes without.</summary>
public sealed record ChangePreview(
    IReadOnlyList<MovedDate> Moves,
    Category CategoryBefore,
    Category CategoryAfter,
    IReadOnlyList<string> Undone)
{
    /// <summary>An end within this many days comes soon: the page that would bring it warns.</summary>
    public const int SoonDays = 28;

    /// <summary>The day at whose end the case would close, if that is soon, and sooner than before; null otherwise.</summary>
    public DateOnly? ClosesSoon { get; private init; }

    /// <summary>The day at whose end the category would end, if that is soon, and sooner than before; null otherwise.</summary>
    public DateOnly? CategoryEndsSoon { get; private init; }

    public static ChangePreview Of(Timetable before, Timetable after, CaseWeb titles, DateOnly today)
    {
        var old = before.Obligations.ToDictionary(Name, obligation => obligation.Due?.Day);
        var now = after.Obligations.ToDictionary(Name, obligation => obligation.Due?.Day);
        var moves = old.Keys.Union(now.Keys)
            .Select(name => new MovedDate(
                titles.Title(name.Kind, name.Number),
                old.GetValueOrDefault(name),
                now.GetValueOrDefault(name),
                IsGone: !now.ContainsKey(name),
                IsNew: !old.ContainsKey(name),
                IsPast: now.GetValueOrDefault(name) < today))
            .Where(move => move.IsGone || move.IsNew || move.Before != move.After)
            .OrderBy(move => move.After ?? DateOnly.MaxValue)
            .ToList();
        List<string> undone = [.. (after.Case.Exit?.Undone ?? []).Select(one => titles.Title(one.Kind, one.Number))];
        return new(moves, before.Case.Category, after.Case.Category, undone)
        {
            ClosesSoon = Sooner(ExitObligations.CloseCase),
            CategoryEndsSoon = Sooner(ExitObligations.ChangeCategory),
        };

        DateOnly? Sooner(ObligationKind kind)
        {
            var was = before.Find(kind)?.Due?.Day ?? DateOnly.MaxValue;
            return after.Find(kind)?.Due?.Day is { } day && day < was && day <= today.AddDays(SoonDays) ? day : null;
        }
    }

    private static (ObligationKind Kind, int? Number) Name(Obligation obligation) => (obligation.Kind, obligation.Number);
}

/// <summary>Something a case waits for, and its day before and after; null for no date.</summary>
/// <param name="IsGone">Whether the case would wait for it no longer.</param>
/// <param name="IsNew">Whether the case did not wait for it before.</param>
/// <param name="IsPast">Whether its day would be over already.</param>
public sealed record MovedDate(string What, DateOnly? Before, DateOnly? After, bool IsGone, bool IsNew, bool IsPast);
