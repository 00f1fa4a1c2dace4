using System.Globalization;

namespace MappaFlows.Core.Exits;

/// <summary>Dates that clocks come from: a variation moves them all, a new sentence adds a basis with an end of its own.</summary>
public static class DateDecisions
{
    public static Decision Change(CaseState state, ChangeDate command, CaseContext context)
    {
        if (!state.IsManaged) return Decision.Conflict("Dates can be changed only while the person is managed. Nothing was changed.");

        var validation = new Validation();
        var date = Find(validation, state, command, context.Today);
        if (date is not null && date.Day != command.From) return Decision.Conflict(nameof(command.From), WhatItIsNow(date));

        validation.Require(command.To is not null ^ command.Indefinite, nameof(command.To), "Enter the new date, or select that there is no end");
        validation.Require(
            !command.Indefinite || command.Date is not { } chosen || chosen.MayHaveNoEnd(),
            nameof(command.Indefinite),
            "Only a sentence, an order or a notification requirement can have no end");
        validation.Require(
            !command.Indefinite || command.Date != CaseDate.SentenceExpiry || MayLast(state, date?.Basis),
            nameof(command.Indefinite),
            "Only a life sentence, or a hospital or guardianship order, has no end: add the new sentence or order instead");
        validation.Text(command.Reason, nameof(command.Reason), "the reason, and the order or decision that changed it");
        if (command.To is { } to)
        {
            validation.Plausible(to, nameof(command.To), "The new date", context.Today);
            var sentenced = state.Referral.Dates.Sentence;
            validation.Require(sentenced is null || to >= sentenced, nameof(command.To), "The new date must not be before the date of the sentence");
            validation.Require(
                command.Date is CaseDate.Release or CaseDate.LicenceEnd || to >= context.Today,
                nameof(command.To),
                "The new date must be today or in the future: to end the case earlier, decide its exit");
            if (!validation.HasFailed) InOrder(validation, state, command.Date, date?.Basis, to);
        }

        if (validation.HasFailed) return validation.Refused;
        if (date!.Day == command.To) return Decision.Invalid(nameof(command.To), "This is the date already");

        List<CaseEvent> events = [new DateChanged(date.Date, date.Day, command.To, command.Reason, date.Basis?.Id)];
        if (command.Date == CaseDate.LicenceEnd && WithLicence(state, command.To!.Value) is { } moved)
        {
            if (moved.To < context.Today)
            {
                return Decision.Invalid(
                    nameof(command.To),
                    "Category 4 ends with the licence, so that its end must be today or in the future: to end the case earlier, decide its exit");
            }

            events.Add(moved with { Reason = command.Reason });
        }

        var after = events.OfType<DateChanged>().Aggregate(
            state,
            (sofar, next) => ExitState.Apply(sofar, next, context.Info(sofar.Version + 1)));
        events.AddRange(GoesBefore(after, context.Today));
        return Decision.Accept(events);
    }

    public static Decision AddEligibility(CaseState state, AddEligibility command, CaseContext context)
    {
        if (!state.IsManaged) return Decision.Conflict("A sentence or order can be added only while the person is managed. Nothing was changed.");

        var validation = new Validation();
        if (validation.Given(command.Category, nameof(command.Category), "Select the category"))
            validation.Require(Enum.IsDefined(command.Category.Value), nameof(command.Category), "Select the category");
        if (validation.Given(command.StartsOn, nameof(command.StartsOn), "Enter when it began"))
        {
            validation.Require(command.StartsOn <= context.Today, nameof(command.StartsOn), "The beginning must be today or in the past");
            if (validation.Plausible(command.StartsOn, nameof(command.StartsOn), "The beginning", context.Today))
            {
                validation.NotBefore(
                    command.StartsOn, nameof(command.StartsOn), "The beginning", state.Referral.Subject.DateOfBirth, "the date of birth");
            }
        }

        var ends = command.Category != Category.Category3;
        validation.Require(
            ends ? command.EndsOn is not null ^ command.Indefinite : command.EndsOn is null && !command.Indefinite,
            nameof(command.EndsOn),
            ends ? "Enter when it ends, or select that it has no end" : "Category 3 ends by a decision: leave the end empty");
        validation.Require(
            !command.Indefinite || command.Category is not Category.Category3,
            nameof(command.Indefinite),
            "Category 3 ends by a decision: do not select that it has no end");
        validation.Require(command.EndsOn is null || command.EndsOn >= context.Today, nameof(command.EndsOn), "The end must be today or in the future");
        validation.Plausible(command.EndsOn, nameof(command.EndsOn), "The end", context.Today);
        validation.Level(state.Level, command.Category, nameof(command.Category), "Select the level");
        validation.Text(command.Reason, nameof(command.Reason), "the sentence, order or decision that makes the person eligible");
        if (validation.HasFailed) return validation.Refused;

        var id = (state.Bases.Count + 1).ToString(CultureInfo.InvariantCulture);
        var basis = EndRules.BasisFor(command.Category!.Value, id, command.StartsOn!.Value, command.EndsOn, command.Indefinite);
        var added = new EligibilityAdded(basis, command.Reason);
        return Decision.Accept([added, .. GoesBefore(ExitState.Apply(state, added, context.Info(state.Version + 1)), context.Today)]);
    }

    /// <summary>Release comes before the end of licence, and before the end of the sentence.</summary>
    private static void InOrder(Validation validation, CaseState state, CaseDate? which, EligibilityBasis? basis, DateOnly to)
    {
        switch (which)
        {
            case CaseDate.Release:
                validation.Require(
                    state.LicenceEnd is not { } licence || to <= licence,
                    nameof(ChangeDate.To),
                    $"The release date must not be after the end of licence, {Day(state.LicenceEnd)}: change that first");
                validation.Require(
                    Expiry(state.Bases) is not { } last || to <= last,
                    nameof(ChangeDate.To),
                    $"The release date must not be after the sentence expires, {Day(Expiry(state.Bases))}: change that first");
                break;
            case CaseDate.LicenceEnd:
                validation.NotBefore(to, nameof(ChangeDate.To), "The end of licence", state.ReleaseDate, "the release date");
                break;
            case CaseDate.SentenceExpiry:
                // Another sentence may hold the person longer.
                var others = state.Bases.Where(other => other.Category == Category.Category2 && other.Id != basis?.Id);
                if (!others.Any(other => other.EndsOn is not { } ends || ends >= state.ReleaseDate))
                    validation.NotBefore(to, nameof(ChangeDate.To), "The sentence expiry date", state.ReleaseDate, "the release date");
                break;
        }
    }

    /// <summary>What kind of sentence the referral told of is known; of one that was added later it is not.</summary>
    private static bool MayLast(CaseState state, EligibilityBasis? basis) =>
        basis is null || state.Bases.Count == 0 || basis.Id != state.Bases[0].Id
            || state.Referral.Offence.Disposal is { MayHaveNoEnd: true };

    private static string Day(DateOnly? day) => day is { } known ? PlainDate.Of(known) : "";

    /// <summary>When the last sentence or order expires; null where there is none, or one of them has no end.</summary>
    private static DateOnly? Expiry(IEnumerable<EligibilityBasis> bases)
    {
        var ends = bases.Where(basis => basis.Category == Category.Category2).Select(basis => basis.EndsOn).ToList();
        return ends.Contains(null) ? null : ends.Max();
    }

    /// <summary>
    /// A person is managed in one category at a time: a basis that holds now and goes before the present one takes over at once.
    /// </summary>
    private static IEnumerable<CaseEvent> GoesBefore(CaseState state, DateOnly today)
    {
        var managing = EligibilityAssessment.On(state.Bases, today)?.Category ?? state.Category;
        if (managing != state.Category)
            yield return new CategoryChanged(state.Category, managing, $"{managing.Name()} holds and goes before {state.Category.Name()}.");
    }

    /// <summary>
    /// How the end of Category 4 moves with the end of licence, the later of which and of the terrorism notification it is; null where it
    /// stays. The licence belongs to the basis that ends with it; where none does, it can only put off the one that lasts longest.
    /// </summary>
    private static DateChanged? WithLicence(CaseState state, DateOnly licenceEnd)
    {
        var bases = state.Bases.Where(basis => basis.Category == Category.Category4).ToList();
        var basis = bases.LastOrDefault(basis => basis.EndsOn is not null && basis.EndsOn == state.LicenceEnd)
            ?? bases.MaxBy(basis => basis.EndsOn ?? DateOnly.MaxValue);
        if (basis?.EndsOn is not { } ends) return null;
        var notificationEnd = ends != state.LicenceEnd
            ? ends
            : ReferenceEquals(basis, state.Bases[0]) ? state.Referral.Dates.NotificationEnd : null;
        var to = notificationEnd > licenceEnd ? notificationEnd.Value : licenceEnd;
        return to == ends ? null : new(CaseDate.TerrorismRequirementEnd, ends, to, "", basis.Id);
    }

    /// <summary>
    /// The dates that can be changed: release and licence, and the end of every basis that still runs. Of a category of which none runs any
    /// more it is the end of the newest, which can be put off again.
    /// </summary>
    public static IReadOnlyList<ChangeableDate> Changeable(CaseState state, DateOnly today) =>
    [
        .. Enum.GetValues<CaseDate>().SelectMany(which => which switch
        {
            CaseDate.Release => [new(which, Basis: null, state.ReleaseDate)],
            CaseDate.LicenceEnd => [new(which, Basis: null, state.LicenceEnd)],
            _ => Ending(state, which, today),
        }),
    ];

    private static IEnumerable<ChangeableDate> Ending(CaseState state, CaseDate which, DateOnly today)
    {
        var bases = state.Bases.Where(basis => basis.Category == which.Ends()).ToList();
        var running = bases.Where(basis => !(basis.EndsOn < today)).ToList();
        return (running.Count > 0 ? running : bases.TakeLast(1)).Select(basis => new ChangeableDate(which, basis, basis.EndsOn));
    }

    /// <summary>The date that is meant; null where none can be, which is then among the problems.</summary>
    private static ChangeableDate? Find(Validation validation, CaseState state, ChangeDate command, DateOnly today)
    {
        if (!validation.Given(command.Date, nameof(command.Date), "Select the date that changes")) return null;
        if (!Enum.IsDefined(command.Date.Value))
        {
            validation.Add(nameof(command.Date), "Select the date that changes");
            return null;
        }

        var dates = Changeable(state, today).Where(date => date.Date == command.Date).ToList();
        if (dates.Count == 0)
        {
            validation.Add(nameof(command.Date), "This case has no such date: add a new sentence or order instead");
            return null;
        }

        var meant = command.BasisId is null && dates.Count == 1 ? dates[0] : dates.Find(date => date.Basis?.Id == command.BasisId);
        if (meant is null) validation.Add(nameof(command.BasisId), "Select which sentence or order the date belongs to: one that still runs");
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
