using System.Globalization;
using MappaFlows.Core.Calendars;

namespace MappaFlows.Workflows.Tests.Email;

/// <summary>What is not urgent goes out in working hours; what someone at risk may wait for goes at once.</summary>
public sealed class EmailHoursTests : IAsyncLifetime
{
    /// <summary>A Friday in summer time, at 7pm in London.</summary>
    private static readonly DateTimeOffset FridayEvening = new(2026, 6, 5, 18, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset MondayMorning = new(2026, 6, 8, 7, 0, 0, TimeSpan.Zero);

    private Product _product = null!;

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync();
        _product.Get<ProductOptions>().EmailsInWorkingHours = true;
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Theory]
    [InlineData("2026-06-03T07:00:00Z", "2026-06-03T07:00:00Z")] // Wednesday, 8am
    [InlineData("2026-06-03T06:59:59Z", "2026-06-03T07:00:00Z")]
    [InlineData("2026-06-03T16:59:59Z", "2026-06-03T16:59:59Z")]
    [InlineData("2026-06-03T17:00:00Z", "2026-06-04T07:00:00Z")] // 6pm
    [InlineData("2026-06-05T18:00:00Z", "2026-06-08T07:00:00Z")] // Friday evening
    [InlineData("2026-06-06T10:00:00Z", "2026-06-08T07:00:00Z")] // Saturday
    [InlineData("2026-12-24T19:00:00Z", "2026-12-29T08:00:00Z")] // Christmas Eve: Boxing Day's holiday is on Monday
    [InlineData("2026-12-02T07:30:00Z", "2026-12-02T08:00:00Z")] // winter time
    public void Working_hours_are_8am_to_6pm_in_London_on_working_days(string now, string from) => Assert.Equal(
        DateTimeOffset.Parse(from, CultureInfo.InvariantCulture),
        EmailHours.From(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture), WorkingCalendar.EnglandAndWales));

    [Fact]
    public async Task What_is_not_urgent_waits_for_the_morning_and_then_goes_once()
    {
        await _product.AdvanceToAsync(FridayEvening);
        await _product.ReferAsync();
        Assert.Empty(_product.Emails.Sent);
        var waiting = Assert.Single(await _product.Get<EmailQueue>().PageAsync(10));
        Assert.Equal((MondayMorning, "It is not urgent: it goes out in working hours."), (waiting.From, waiting.Reason));

        await _product.AdvanceToAsync(MondayMorning.AddSeconds(-1));
        Assert.Empty(_product.Emails.Sent);
        await _product.AdvanceToAsync(MondayMorning);

        Assert.Equal(1, _product.Emails.Count(SamplePeople.Coordinator, "new referral to screen by"));
        Assert.Empty(await _product.Get<EmailQueue>().PageAsync(10));
    }

    [Fact]
    public async Task A_decision_that_is_asked_for_in_the_evening_is_asked_for_at_once()
    {
        var reference = await _product.ReferAsync();
        await _product.DoAsync(SamplePeople.Coordinator, reference,
            new DecideScreening { Outcome = ScreeningOutcome.Accept, Level = ManagementLevel.Level2, Reasons = "Needed." });
        await _product.AdvanceToAsync(FridayEvening);

        await _product.DoAsync(SamplePeople.Coordinator, reference,
            new ProposeDisclosure { Content = SampleDisclosures.Content(), ApproverId = SamplePeople.Chair.Id });

        var asked = _product.Emails.To(SamplePeople.Chair).Single(email => email.Subject.Contains("your decision is needed", StringComparison.Ordinal));
        Assert.StartsWith("MAPPA: your decision is needed on a disclosure by 8 June 2026 at 7pm, MF-", asked.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_emergency_is_sent_at_night_and_says_so_without_a_word_of_the_person()
    {
        await _product.AdvanceToAsync(FridayEvening);
        var referral = SampleReferrals.Of(LondonTime.Today(FridayEvening));
        var reference = CaseReference.For(SamplePeople.Referrer.Id, "emergency");
        await _product.DoAsync(SamplePeople.Referrer, reference, new SubmitReferral(reference, referral with
        {
            Placement = referral.Placement with { LevelSought = ManagementLevel.Level3, EmergencyReason = "Threats to a former partner." },
        }));

        var email = Assert.Single(_product.Emails.To(SamplePeople.Coordinator));
        Assert.Equal($"EMERGENCY, MAPPA: referral to screen at once by 8 June 2026, {reference}", email.Subject);
        Assert.DoesNotContain("Threats", email.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_happens_before_the_morning_does_not_wait_for_it()
    {
        var reference = await _product.ReferAsync();
        await _product.DoAsync(SamplePeople.Coordinator, reference,
            new DecideScreening { Outcome = ScreeningOutcome.Accept, Level = ManagementLevel.Level2, Reasons = "Needed." });
        await _product.AdvanceToAsync(FridayEvening);

        await _product.DoAsync(SamplePeople.Coordinator, reference,
            new ScheduleMeeting { StartsAt = FridayEvening.AddHours(15), Minutes = 60, Place = "Room 1" });

        Assert.Contains(_product.Emails.Sent, email => email.Subject.StartsWith("MAPPA: invitation to a meeting", StringComparison.Ordinal));
    }
}
