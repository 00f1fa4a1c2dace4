using System.Text.Json;

namespace MappaFlows.Core.Tests.Cases;

/// <summary>What of a case each reader gets: everything, their part of it, or nothing.</summary>
public sealed class CaseViewTests
{
    /// <summary>A word that every text has which somebody wrote after the screening decision.</summary>
    private const string Later = "Zanzibar";

    private const string Always = "Reference Stage AreaCode LeadAgencyId Referral";
    private const string OfReferral = "CategorySought Category ReferrerId ReferredAt AcceptedAt Screening";
    private const string OfWhole = "Version Level LevelSince Reminders Eligibility Meetings Level1Reviews Disclosures Exit";

    private static readonly CaseSimulation Full = FullLife();

    [Theory]
    [InlineData("Coordinator", $"{Always} {OfReferral} {OfWhole}")]
    [InlineData("Chair", $"{Always} {OfReferral} {OfWhole}")]
    [InlineData("Deputy", $"{Always} {OfReferral} {OfWhole}")]
    [InlineData("Manager", $"{Always} {OfReferral} {OfWhole}")]
    [InlineData("Referrer", $"{Always} {OfReferral}")]
    [InlineData("OtherManager", $"{Always} Disclosures")]
    public void A_reader_gets_these_parts_and_no_other(string reader, string parts)
    {
        var state = Full.ViewOf(SamplePeople.Named(reader))!.Case;

        var filled = typeof(CaseState).GetProperties()
            .Where(property => property.CanWrite && property.Name != nameof(CaseState.Parts))
            .Where(property => property.GetValue(state) is var value && !IsEmpty(property.PropertyType, value))
            .Select(property => property.Name)
            .Concat(
                CaseFeatures.Model.Write(state).Skip(1).Except(CaseFeatures.Model.Write(state with
                {
                    Parts =
                    CaseParts.None
                })).Select(part => part.Name));
        Assert.Equal(parts.Split(' ').Order(), filled.Order());
    }

    [Theory]
    [InlineData("Administrator")]
    [InlineData("LayAdviser")]
    [InlineData("Stranger")]
    [InlineData("Clock")]
    public void Person_without_a_part_gets_no_view(string reader) => Assert.Null(Full.ViewOf(SamplePeople.Named(reader)));

    [Fact]
    public void Nothing_that_was_written_or_is_due_after_the_decision_reaches_the_referrer()
    {
        var view = Full.ViewOf(SamplePeople.Referrer)!;

        Assert.DoesNotContain(Later, Text(view));
        Assert.Empty(view.Timetable.Obligations);
        Assert.Null(view.Timetable.Forecast);
        Assert.Contains(Later, Text(Full.ViewOf(SamplePeople.Coordinator)!));
    }

    [Fact]
    public void The_category_that_a_referrer_sees_is_the_one_they_sought()
    {
        Assert.Equal(Category.Category1, Full.Case.Category);
        Assert.Equal(Category.Category2, Full.ViewOf(SamplePeople.Referrer)!.Case.Category);
    }

    [Fact]
    public void A_referrer_sees_every_event_up_to_the_decision_and_none_after_it()
    {
        var view = Full.ViewOf(SamplePeople.Referrer)!;

        var shown = Full.Events.Where(view.Shows).ToList();
        Assert.IsType<ReferralAccepted>(shown[^1]);
        Assert.Equal(Full.Events.Take(shown.Count), shown);
        Assert.Contains(shown, happened => happened is ObligationReminded);
        Assert.Contains(shown, happened => happened is ObligationEscalated);
        Assert.Contains(Full.Events.Skip(shown.Count), happened => happened is ObligationReminded);
        Assert.Contains(Full.Events.Skip(shown.Count), happened => happened is ObligationEscalated);
    }

    [Fact]
    public void A_referrer_sees_what_the_referral_waits_for()
    {
        Assert.Equal([ScreeningObligations.DecideScreening], Obligations(SamplePeople.Referrer, CommandTable.At("screening")));
        Assert.Equal(
            [ScreeningObligations.GiveInformation, ScreeningObligations.DecideScreening],
            Obligations(SamplePeople.Referrer, CommandTable.At("asked")));
        Assert.Empty(Obligations(SamplePeople.Referrer, CommandTable.At("arranged")));
    }

    [Fact]
    public void The_discloser_of_one_disclosure_sees_that_one_and_who_the_person_is()
    {
        var life = CommandTable.At("proposed");
        life.Does(SamplePeople.Coordinator, Disclosure(SamplePeople.OtherManager));
        life.Does(SamplePeople.Chair, life.Decision(ApprovalOutcome.Approved));
        life.Does(SamplePeople.Chair, life.Decision(ApprovalOutcome.Approved, 2));

        var view = life.ViewOf(SamplePeople.OtherManager)!;

        Assert.Equal([2], view.Case.Disclosures.Select(disclosure => disclosure.Number));
        Assert.Equal([DisclosureObligations.MakeDisclosure], view.Timetable.Obligations.Select(obligation => obligation.Kind));
        Assert.Equal(2, view.Timetable.Obligations[0].Number);
        Assert.Equal(new() { Subject = Samples.Referral().Subject with { Ethnicity = null } }, view.Case.Referral);
        Assert.DoesNotContain(life.Events, view.Shows);
    }

    [Fact]
    public void An_approver_who_left_the_area_sees_the_referral_and_the_disclosure_they_are_asked_about()
    {
        var life = CommandTable.At("proposed");

        var view = life.ViewOf(SamplePeople.Chair with { AreaCode = "dorset" })!;

        Assert.Equal(life.Case.Referral, view.Case.Referral);
        Assert.Equal(life.Case.Disclosures, view.Case.Disclosures);
        Assert.Equal([DisclosureObligations.DecideDisclosure], view.Timetable.Obligations.Select(obligation => obligation.Kind));
        Assert.Empty(view.Case.Bases);
    }

    [Fact]
    public void A_referrer_who_is_to_make_a_disclosure_sees_both()
    {
        var life = CaseSimulation.Managed();
        life.Does(SamplePeople.Coordinator, Disclosure(SamplePeople.Referrer));
        life.Does(SamplePeople.Chair, life.Decision(ApprovalOutcome.Approved));

        var view = life.ViewOf(SamplePeople.Referrer)!;

        Assert.Equal(CaseScope.Referral, view.Scope);
        Assert.Single(view.Case.Disclosures);
        Assert.Equal([DisclosureObligations.MakeDisclosure], view.Timetable.Obligations.Select(obligation => obligation.Kind));
    }

    /// <summary>
    /// A view may decide for the whole case what its reader may do: their rights hang on nothing that is hidden from them.
    /// </summary>
    [Fact]
    public void Rights_do_not_depend_on_hidden_parts()
    {
        foreach (var stage in CommandByStageTests.Stages)
        {
            var life = CommandTable.At(stage);
            foreach (var reader in SamplePeople.InArea)
            {
                if (life.MaybeCase is null || life.ViewOf(reader) is not { } view) continue;
                foreach (var name in CommandByStageTests.Commands)
                {
                    var command = CommandTable.Command(name, life);
                    Assert.Equal(CaseFeatures.Model.May(reader, command, life.Case), view.May(command));
                }
            }
        }
    }

    private static List<ObligationKind> Obligations(Person reader, CaseSimulation life) =>
        [.. life.ViewOf(reader)!.Timetable.Obligations.Select(obligation => obligation.Kind)];

    private static ProposeDisclosure Disclosure(Person discloser) =>
        new() { Content = SampleDisclosures.Content($"Another thing, {Later}.") with { DiscloserId = discloser.Id }, ApproverId = SamplePeople.Chair.Id };

    private static string Text(CaseView view) =>
        JsonSerializer.Serialize(new { view.Timetable.Obligations, Parts = CaseFeatures.Model.Write(view.Case) }, StreamJson.Options);

    private static bool IsEmpty(Type type, object? value) => value switch
    {
        null => true,
        "" => true,
        System.Collections.ICollection { Count: 0 } => true,
        ValueType given when Nullable.GetUnderlyingType(type) is null => given.Equals(Activator.CreateInstance(type)),
        _ => false,
    };

    /// <summary>A case to which everything happened that can, and that is closed.</summary>
    private static CaseSimulation FullLife()
    {
        var life = CaseSimulation.Referred();
        life.Does(SamplePeople.Coordinator, Samples.RequestInformation);
        life.LivesUntil(life.Now.AddDays(20));
        life.Does(SamplePeople.Referrer, new GiveInformation("At 1 Made Up Street."));
        life.Does(SamplePeople.Coordinator, Samples.Accept());
        life.Does(SamplePeople.Coordinator, SampleMeetings.At(life.Now.AddDays(7)) with { Place = $"Room of {Later}" });
        life.LivesUntil(life.Case.NextMeeting!.StartsAt.AddHours(2));
        life.Does(
            SamplePeople.Coordinator,
            new RecordMeeting(1, Samples.Outcome(life.Case, ManagementLevel.Level1) with { DisclosureReasons = Later }));
        life.LivesUntil(life.Now.AddMonths(7));
        life.Does(SamplePeople.Manager, new RecordLevel1Review(new Level1Review
        {
            Findings = Later,
            Contact = Later,
            DisclosureConsidered = true,
            DisclosureReasons = Later,
            Level = ManagementLevel.Level2,
            LevelReasons = Later,
        }));
        life.Does(SamplePeople.Coordinator, Disclosure(SamplePeople.OtherManager));
        life.Does(SamplePeople.Chair, life.Decision(ApprovalOutcome.Approved) with { Reasons = Later });
        life.Does(SamplePeople.OtherManager, new RecordDisclosure(1, Samples.Act(life.Today) with { Notes = Later }));
        life.Does(
            SamplePeople.Coordinator,
            new AddEligibility { Category = Category.Category1, StartsOn = new(2026, 6, 10), EndsOn = new(2029, 6, 10), Reason = Later });
        life.LivesUntil(LondonTime.StartOf(new(2029, 1, 2)));
        life.Does(SamplePeople.Manager, new RecordPreExitReview { Conclusion = Later, ConsiderCategory3 = false });
        life.Does(SamplePeople.Manager, new DecideExit { Reason = ExitReason.Death, LastDay = life.Today, Reasons = Later });
        return life;
    }
}
