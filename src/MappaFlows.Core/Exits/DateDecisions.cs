using System.Globalization;
using MappaFlows.Core.Cases;

namespace MappaFlows.Core.Exits;

/// <summary>Dates that clocks come from: a variation moves them all, a new sentence adds a basis with an end of its own.</summary>
public static class DateDecisions
{
    public static Decision Change(Case @case, ChangeDate command, DecisionContext context)
    {
        if (!@case.IsManaged) return Decision.Conflict("Dates can be changed only while the person is managed. Nothing was changed.");

        var check = new Check();
        if (check.Given(command.Which, nameof(command.Which), "Select the date that changes"))
            check.That(Enum.IsDefined(command.Which.Value), nameof(command.Which), "Select the date that changes");
        check.That(command.To is not null ^ command.Indefinite, nameof(command.To), "Enter the new date, or select that there is no end");
        check.That(
            !command.Indefinite || command.Which is CaseDate.NotificationEnd or CaseDate.TerrorismRequirementEnd or null,
            nameof(command.Indefinite),
            "Only a notification requirement can have no end");
        check.Text(command.Reason, nameof(command.Reason), "the reason, and the order or decision that changed it");
        if (command.To is { } to)
        {
            check.That(to < context.Today.AddYears(100), nameof(command.To), "The new date must be within 100 years");
            var sentenced = @case.Referral.Dates.Sentence;
            check.That(sentenced is null || to >= sentenced, nameof(command.To), "The new date must not be before the date of the sentence");
            check.That(
                command.Which is CaseDate.Release or CaseDate.LicenceEnd || to >= context.Today,
                nameof(command.To),
                "The new date must be today or in the future: to end the case earlier, decide its exit");
        }

        if (check.Failed) return check.Refused;

        if (!TryFind(@case, command.Which!.Value, out var before))
            return Decision.Invalid(nameof(command.Which), "This case has no such date: add a new sentence or order instead");
        if (before == command.To) return Decision.Invalid(nameof(command.To), "This is the date already");

        List<CaseEvent> events = [new DateChanged(command.Which.Value, before, command.To, command.Reason)];
        if (command.Which == CaseDate.LicenceEnd && WithLicence(@case, command.To!.Value) is { } moved)
        {
            if (moved.To < context.Today)
            {
                return Decision.Invalid(
                    nameof(command.To),
                    "Category 4 ends with the licence, so that its end must be today or in the future: to end the case earlier, decide its exit");
            }

            events.Add(moved with { Reason = command.Reason });
        }

        var after = events.Aggregate(@case, (sofar, next) => CaseHistory.Apply(sofar, next, context.Now, context.Actor.Id));
        events.AddRange(GoesBefore(after, context.Today));
        return Decision.Accept(events);
    }

    public static Decision AddEligibility(Case @case, AddEligibility command, DecisionContext context)
    {
        if (!@case.IsManaged) return Decision.Conflict("A sentence or order can be added only while the person is managed. Nothing was changed.");

        var check = new Check();
        if (check.Given(command.Category, nameof(command.Category), "Select the category"))
            check.That(Enum.IsDefined(command.Category.Value), nameof(command.Category), "Select the category");
        if (check.Given(command.StartsOn, nameof(command.StartsOn), "Enter when it began"))
            check.That(command.StartsOn <= context.Today, nameof(command.StartsOn), "The beginning must be today or in the past");
        var ends = command.Category != Category.Category3;
        check.That(
            ends ? command.EndsOn is not null ^ command.Indefinite : command.EndsOn is null && !command.Indefinite,
            nameof(command.EndsOn),
            ends ? "Enter when it ends, or select that it has no end" : "Category 3 ends by a decision: leave the end empty");
        check.That(
            !command.Indefinite || command.Category is Category.Category1 or Category.Category4 or null,
            nameof(command.Indefinite),
            "Category 2 ends when the sentence expires: enter that date");
        check.That(command.EndsOn is null || command.EndsOn >= context.Today, nameof(command.EndsOn), "The end must be today or in the future");
        check.That(command.EndsOn is null || command.EndsOn < context.Today.AddYears(100), nameof(command.EndsOn), "The end must be within 100 years");
        check.Level(@case.Level, command.Category, nameof(command.Category), "Select the level");
        check.Text(command.Reason, nameof(command.Reason), "the sentence, order or decision that makes the person eligible");
        if (check.Failed) return check.Refused;

        var (kind, rule) = command.Category switch
        {
            Category.Category1 => ("notification", EndRules.NotificationPeriod),
            Category.Category2 => ("sentence", EndRules.SentenceExpiry),
            Category.Category4 => ("terrorism", EndRules.TerrorismNotification),
            _ => ("dangerous", EndRules.RecordedDecision),
        };
        var basis = new EligibilityBasis(
            (@case.Bases.Count + 1).ToString(CultureInfo.InvariantCulture), command.Category!.Value, kind, command.StartsOn!.Value, command.EndsOn, command.Indefinite, rule);
        return Decision.Accept([new EligibilityAdded(basis, command.Reason), .. GoesBefore(@case with { Bases = [.. @case.Bases, basis] }, context.Today)]);
    }

    /// <summary>A person is managed in one category at a time: a basis that holds now and goes before the present one takes over at once.</summary>
    private static IEnumerable<CaseEvent> GoesBefore(Case @case, DateOnly today)
    {
        var managing = Eligibility.On(@case.Bases, today)?.Category ?? @case.Category;
        if (managing != @case.Category)
            yield return new CategoryChanged(@case.Category, managing, $"{managing.Name()} holds and goes before {@case.Category.Name()}.");
    }

    /// <summary>
    /// How the end of Category 4 moves with the end of licence, the later of which and of the terrorism notification it is; null where it stays.
    /// </summary>
    private static DateChanged? WithLicence(Case @case, DateOnly licenceEnd)
    {
        var basis = @case.Bases.LastOrDefault(basis => basis.Category == Category.Category4);
        if (basis?.EndsOn is not { } ends) return null;
        var notificationEnd = ends == @case.LicenceEnd ? @case.Referral.Dates.NotificationEnd : ends;
        var to = notificationEnd > licenceEnd ? notificationEnd.Value : licenceEnd;
        return to == ends ? null : new(CaseDate.TerrorismRequirementEnd, ends, to, "");
    }

    /// <summary>Whether the case has something that could have this date.</summary>
    public static bool Has(Case @case, CaseDate which) => TryFind(@case, which, out _);

    /// <summary>The date as it stands; null where it is not set, or has no end.</summary>
    public static DateOnly? DayOf(Case @case, CaseDate which) => TryFind(@case, which, out var day) ? day : null;

    private static bool TryFind(Case @case, CaseDate which, out DateOnly? day)
    {
        var category = which switch
        {
            CaseDate.SentenceExpiry => Category.Category2,
            CaseDate.NotificationEnd => Category.Category1,
            CaseDate.TerrorismRequirementEnd => Category.Category4,
            _ => (Category?)null,
        };
        var basis = @case.Bases.LastOrDefault(basis => basis.Category == category);
        day = which switch
        {
            CaseDate.Release => @case.ReleaseDate,
            CaseDate.LicenceEnd => @case.LicenceEnd,
            _ => basis?.EndsOn,
        };
        return category is null || basis is not null;
    }
}
