using MappaFlows.Testing.Product;

namespace MappaFlows.Local.Tests.Process;

/// <summary>What was answered is done, and what is to follow follows, although the process was killed in between.</summary>
public sealed class KillTests : IDisposable
{
    private readonly DataFolder _data = new();

    [Fact]
    public async Task Killed_after_the_answer_to_a_referral_the_case_is_there_and_its_screening_is_watched()
    {
        await using var first = await ProductProcess.StartAsync(_data.Path);
        var reference = await first.ReferAsync();
        await first.KillAsync();

        await using var second = await ProductProcess.StartAsync(_data.Path);
        Assert.Equal("Screening", (await second.CaseAsync(reference)).GetProperty("stage").GetString());
        await second.WaitForMailAsync("New referral", reference);
        await second.AdvanceAsync("P10D");
        Assert.Single(await second.MailAsync("Screening decision due", reference));
        Assert.NotEmpty(await second.MailAsync("Screening decision overdue", reference));
        Assert.Single(await second.MailAsync("New referral", reference));
    }

    [Fact]
    public async Task Killed_while_the_screening_timer_waits_it_fires_after_the_restart_and_once()
    {
        await using var first = await ProductProcess.StartAsync(_data.Path);
        var reference = await first.ReferAsync();
        await first.AdvanceAsync("PT1H");
        await first.KillAsync();

        await using var second = await ProductProcess.StartAsync(_data.Path);
        Assert.Empty(await second.MailAsync("Screening decision due", reference));
        var moved = await second.AdvanceAsync("P10D");
        Assert.True(moved.GetProperty("steps").GetInt32() >= 2, moved.ToString());
        var reminders = await second.MailAsync("Screening decision due", reference);
        Assert.Single(reminders);
        Assert.Equal(reminders.Count, (await second.MailAsync("Screening decision due", reference)).Count);
        Assert.True((await second.CaseAsync(reference)).GetProperty("obligations")[0].GetProperty("isOverdue").GetBoolean());
    }

    [Fact]
    public async Task Decision_survives_a_kill_and_the_discloser_is_emailed_once()
    {
        await using var first = await ProductProcess.StartAsync(_data.Path);
        var (reference, contentHash) = await first.ProposeAsync();
        await first.DoAsync(
            "charlie-chair", $"/cases/{reference}/disclosures/1/decision", new { outcome = "Approved", reasons = "Necessary.", contentHash });
        await first.KillAsync();

        await using var second = await ProductProcess.StartAsync(_data.Path);
        Assert.Equal("Approved", (await second.CaseAsync(reference)).GetProperty("disclosures")[0].GetProperty("stage").GetString());
        var told = await second.WaitForMailAsync("Disclosure to make", reference);
        Assert.Equal("morgan.manager@probation.example", told.GetProperty("to").GetString());
        await second.AdvanceAsync("P5D");
        Assert.Single(await second.MailAsync("Disclosure to make", reference));
        Assert.Empty(await second.MailAsync("Proposal to disclose not decided in time", reference));
    }

    [Fact]
    public async Task Stopped_and_started_again_the_moved_clock_goes_on_from_where_it_was()
    {
        await using var first = await ProductProcess.StartAsync(_data.Path);
        var moved = (await first.AdvanceAsync("P10Y")).GetProperty("now").GetDateTimeOffset();
        Assert.Equal(0, await first.StopAsync());

        await using var second = await ProductProcess.StartAsync(_data.Path);
        var now = (await second.AdvanceAsync("PT1S")).GetProperty("now").GetDateTimeOffset();
        Assert.True(now > moved);
        Assert.True(now < moved.AddHours(1));
    }

    public void Dispose() => _data.Dispose();
}
