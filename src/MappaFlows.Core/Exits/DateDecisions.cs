using System.Globalization;
using MappaFlows.Core.Cases;
using MappaFlows.Core.Policy;

namespace MappaFlows.Core.Exits;

/// <summary>Dates that clocks come from: a variation moves them all, a new sentence adds a basis with an end of its own.</summary>
public static class DateDecisions
{
    public static Decision Change(Case @case, ChangeDate command, DecisionContext context)
    {
        if (!@case.IsManaged) return Decision.Conflict("Dates can be changed only while the person is managed. Nothing was changed.");

        var check = new Check();
        var date = Find(check, @case, command, context.Today);
        if (date is not null && date.Day != command.From) return Decision.Conflict(nameof(command.From), WhatItIsNow(date));

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
        if (date!.Day == command.To) return Decision.Invalid(nameof(command.To), "This is the date already");

        List<CaseEvent> events = [new DateChanged(date.Which, date.Day, command.To, command.Reason, date.Basis?.Id)];
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
    /// The licence belongs to the basis that ends with it; where none does, it can only put off the one that lasts longest.
    /// </summary>
    private static DateChanged? WithLicence(Case @case, DateOnly licenceEnd)
    {
        var bases = @case.Bases.Where(basis => basis.Category == Category.Category4).ToList();
        var basis = bases.LastOrDefault(basis => basis.EndsOn is not null && basis.EndsOn == @case.LicenceEnd)
            ?? bases.MaxBy(basis => basis.EndsOn ?? DateOnly.MaxValue);
        if (basis?.EndsOn is not { } ends) return null;
        var notificationEnd = ends != @case.LicenceEnd ? ends : ReferenceEquals(basis, @case.Bases[0]) ? @case.Referral.Dates.NotificationEnd : null;
        var to = notificationEnd > licenceEnd ? notificationEnd.Value : licenceEnd;
        return to == ends ? null : new(CaseDate.TerrorismRequirementEnd, ends, to, "", basis.Id);
    }

    /// <summary>
    /// The dates that can be changed: release and licence, and the end of every basis that still runs. Of a category of which none runs any
    /// more it is the end of the newest, which can be put off again.
    /// </summary>
    public static IReadOnlyList<ChangeableDate> Changeable(Case @case, DateOnly today) =>
    [
        .. Enum.GetValues<CaseDate>().SelectMany(which => which switch
        {
            CaseDate.Release => [new(which, Basis: null, @case.ReleaseDate)],
            CaseDate.LicenceEnd => [new(which, Basis: null, @case.LicenceEnd)],
            _ => Ending(@case, which, today),
        }),
    ];

    private static IEnumerable<ChangeableDate> Ending(Case @case, CaseDate which, DateOnly today)
    {
        var bases = @case.Bases.Where(basis => basis.Category == which.Ends()).ToList();
        var running = bases.Where(basis => !(basis.EndsOn < today)).ToList();
        return (running.Count > 0 ? running : bases.TakeLast(1)).Select(basis => new ChangeableDate(which, basis, basis.EndsOn));
    }

    /// <summary>The date that is meant; null where none can be, which is then among the problems.</summary>
    private static ChangeableDate? Find(Check check, Case @case, ChangeDate command, DateOnly today)
    {
        if (!check.Given(command.Which, nameof(command.Which), "Select the date that changes")) return null;
        if (!Enum.IsDefined(command.Which.Value))
        {
            check.Add(nameof(command.Which), "Select the date that changes");
            return null;
        }

        var dates = Changeable(@case, today).Where(date => date.Which == command.Which).ToList();
        if (dates.Count == 0)
        {
            check.Add(nameof(command.Which), "This case has no such date: add a new sentence or order instead");
            return null;
        }

        var meant = command.Basis is null && dates.Count == 1 ? dates[0] : dates.Find(date => date.Basis?.Id == command.Basis);
        if (meant is null) check.Add(nameof(command.Basis), "Select which sentence or order the date belongs to: one that still runs");
        return meant;
    }

    private static string WhatItIsNow(ChangeableDate date)
    {
        var now = date switch
        {
            { Day: { } day } => $"It is {PlainDate.Of(day)} now",
            { Basis: null } => "It is not set now",
            _ => "It has no end now",
        };
        return $"This date was changed in the meantime. {now}. Nothing was changed: look whether your date is still right, then send it again";
    }
}
