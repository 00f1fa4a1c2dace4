namespace MappaFlows.Workflows.Tests.Orchestrations;

public sealed class ExitWatchTests : IAsyncLifetime
{
    private Product _product = null!;

    public async ValueTask InitializeAsync() => _product = await Product.StartAsync();

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Case_closes_once_on_its_last_day_ten_years_later()
    {
        var lastDay = new DateOnly(2036, 6, 1);
        var reference = await _product.AcceptAsync(ManagementLevel.Level1, SampleReferrals.Category1(lastDay));

        await _product.AdvanceToAsync(LondonTime.EndOf(lastDay).AddSeconds(-1));
        Assert.Equal(CaseStage.Managed, (await _product.CaseAsync(reference)).Stage);
        await _product.AdvanceToAsync(LondonTime.EndOf(lastDay));

        var closed = await _product.CaseAsync(reference);
        Assert.Equal(CaseStage.Closed, closed.Stage);
        Assert.Equal(ExitReason.NotificationEnded, closed.Exit!.Reason);
        Assert.Equal(lastDay, closed.Exit!.LastDay);
        await _product.AdvanceAsync(TimeSpan.FromDays(3650));
        Assert.Equal(1, await _product.CountAsync<CaseClosed>(reference));
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Manager, "Case closed"));
        Assert.Equal(2, _product.Emails.Count(SamplePeople.Manager, "Record the review before exit"));
        Assert.Equal(
            "\"Closed\"",
            (await _product.Orchestrations.GetInstanceAsync(new CaseInstanceIds(reference).Lifecycle, true))!.SerializedOutput);
    }

    [Theory]
    [InlineData(2029)]
    [InlineData(2033)]
    public async Task A_date_that_changes_moves_the_exit_and_the_reviews_before_it(int year)
    {
        var reference = await _product.AcceptAsync(ManagementLevel.Level2);
        var newDay = SampleReferrals.SentenceExpiry.AddYears(year - SampleReferrals.SentenceExpiry.Year);
        await _product.AdvanceAsync(TimeSpan.FromDays(30));
        await _product.DoAsync(
            SamplePeople.Coordinator,
            reference,
            new ChangeDate { Date = CaseDate.SentenceExpiry, From = SampleReferrals.SentenceExpiry, To = newDay, Reason = "Varied on appeal." });

        await _product.AdvanceToAsync(LondonTime.EndOf(newDay).AddSeconds(-1));
        Assert.Equal(CaseStage.Managed, (await _product.CaseAsync(reference)).Stage);
        await _product.AdvanceToAsync(LondonTime.EndOf(newDay));
        Assert.Equal(newDay, (await _product.CaseAsync(reference)).Exit!.LastDay);
        Assert.Equal(1, await _product.CountAsync<CaseClosed>(reference));
    }

    [Fact]
    public async Task When_one_basis_ends_the_next_that_holds_takes_over_and_only_then_is_there_an_exit()
    {
        var reference = await _product.AcceptAsync(ManagementLevel.Level1, SampleReferrals.Category1(new(2029, 1, 31)));
        await _product.DoAsync(SamplePeople.Coordinator, reference, new AddEligibility
        {
            Category = Category.Category2,
            StartsOn = new(2026, 5, 1),
            EndsOn = new(2030, 6, 30),
            Reason = "A new sentence.",
        });

        await _product.AdvanceToAsync(LondonTime.EndOf(new(2029, 1, 31)));
        var handedOver = await _product.CaseAsync(reference);
        Assert.Equal((CaseStage.Managed, Category.Category2), (handedOver.Stage, handedOver.Category));
        await _product.AdvanceToAsync(LondonTime.EndOf(new(2030, 6, 30)));
        Assert.Equal(ExitReason.SentenceExpired, (await _product.CaseAsync(reference)).Exit!.Reason);
    }

    [Fact]
    public async Task Category_3_has_no_date_and_ends_by_a_decision()
    {
        var reference = await _product.AcceptAsync(ManagementLevel.Level2, SampleReferrals.Category3());
        await _product.AdvanceAsync(TimeSpan.FromDays(365 * 20));
        Assert.Equal(CaseStage.Managed, (await _product.CaseAsync(reference)).Stage);

        await _product.DoAsync(SamplePeople.Chair, reference, new DecideExit
        {
            Reason = ExitReason.MeetingsNoLongerNeeded,
            LastDay = LondonTime.Today(_product.Time.GetUtcNow()),
            Reasons = "Formal meetings are no longer needed.",
        });
        Assert.Equal(CaseStage.Closed, (await _product.CaseAsync(reference)).Stage);
        Assert.True((await _product.Orchestrations.GetInstanceAsync(new CaseInstanceIds(reference).Lifecycle, true))!.IsCompleted);
    }

    [Fact]
    public async Task A_crash_at_any_stage_loses_no_timer()
    {
        var reference = await _product.AcceptAsync(ManagementLevel.Level1, SampleReferrals.Category1(new(2030, 1, 15)));
        for (var year = 0; year < 3; year++)
        {
            await _product.AdvanceAsync(TimeSpan.FromDays(365));
            await _product.CrashAndRestartAsync();
        }

        await _product.AdvanceToAsync(LondonTime.EndOf(new(2030, 1, 15)));
        Assert.Equal(CaseStage.Closed, (await _product.CaseAsync(reference)).Stage);
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Manager, "Case closed"));
    }

    [Fact]
    public async Task What_is_not_done_is_said_in_an_email_before_the_closing_and_in_that_of_the_closing()
    {
        var lastDay = new DateOnly(2027, 6, 1);
        await _product.AcceptAsync(ManagementLevel.Level1, SampleReferrals.Category1(lastDay));

        await _product.AdvanceToAsync(LondonTime.EndOf(lastDay));

        foreach (var (person, subject) in new[]
        {
            (SamplePeople.Coordinator, "Case closes soon, with things not done"),
            (SamplePeople.Manager, "Case closes soon, with things not done"),
            (SamplePeople.Coordinator, "Case closed"),
            (SamplePeople.Manager, "Case closed"),
        })
        {
            var email =
                Assert.Single(_product.Emails.To(person), email => email.Subject.StartsWith($"MAPPA: {subject}", StringComparison.OrdinalIgnoreCase));
            Assert.Contains("- ReviewBeforeExit 2\n", email.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
            Assert.Contains("Not done (3):", email.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(SampleReferrals.FamilyName, email.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task History_names_each_step()
    {
        var lastDay = new DateOnly(2027, 6, 1);
        var reference = await _product.AcceptAsync(ManagementLevel.Level1, SampleReferrals.Category1(lastDay));

        await _product.AdvanceToAsync(LondonTime.EndOf(lastDay));

        Assert.Equal(
            [
                nameof(ReadExit),
                nameof(RemindOfPreExitReview), nameof(EscalatePreExitReview),
                nameof(WarnOfClosing), nameof(CloseCase),
            ],
            (await _product.StepsOfAsync(new CaseInstanceIds(reference).Exit)).Distinct());
    }
}
