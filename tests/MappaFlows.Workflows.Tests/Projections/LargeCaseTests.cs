using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Workflows.Tests.Projections;

/// <summary>A case with more open disclosures than one row of a list, or one commit, held before.</summary>
public sealed class LargeCaseTests
{
    private const int Open = 255;

    [Fact]
    public async Task A_case_with_very_many_open_disclosures_is_listed_owed_and_closed()
    {
        var builder = new ProductBuilder();
        await using var services = builder.Build();
        await builder.SavePeopleAsync(services);
        var handler = services.GetRequiredService<CommandHandler<CaseState>>();
        var reference = CaseReference.For(SamplePeople.Referrer.Id, "large");
        await DoAsync(SamplePeople.Referrer, new SubmitReferral(reference, SampleReferrals.Category2()));
        await DoAsync(
            SamplePeople.Coordinator,
            new DecideScreening { Outcome = ScreeningOutcome.Accept, Level = ManagementLevel.Level2, Reasons = "It meets the test." });
        for (var i = 0; i < Open; i++)
            await DoAsync(SamplePeople.Coordinator, new ProposeDisclosure { Content = SampleDisclosures.Content() });

        await services.GetRequiredService<CaseloadIndex>().RefreshAsync(reference, CancellationToken.None);

        var caseload = services.GetRequiredService<CaseloadIndex>();
        var listed = Assert.Single((await caseload.ListAsync(new(SamplePeople.Area))).Cases);
        Assert.True(listed.Owed.Count >= Open);
        Assert.Equal(Open, (await caseload.OwedByAsync(SamplePeople.Chair)).Items.Count(work =>
            work.Obligation.PersonId == SamplePeople.Chair.Id));

        builder.Time.Advance(TimeSpan.FromDays(365 * 12));
        CaseState state;
        var rounds = 0;
        do
        {
            var done = Assert.IsType<CommandResult<CaseState>.Done>(
                await handler.ExecuteAsync(Person.Clock, reference.ToString(), new DoWhatIsDue(), key: null));
            state = done.Now;
        }
        while (!state.Stage.IsEnded() && ++rounds < 100);

        Assert.Equal(CaseStage.Closed, state.Stage);
        Assert.DoesNotContain(state.Disclosures, disclosure => disclosure.IsOpen);
        Assert.Null(await services.GetRequiredService<StreamVerifier>().VerifyAsync(CaseStreams.Of(reference)));
        Assert.True((await services.GetRequiredService<StreamVerifier>().CheckAsync(CaseFeatures.Model, reference.ToString())).IsWhole);

        async Task DoAsync(Person actor, CaseCommand command) => Assert.IsType<CommandResult<CaseState>.Done>(
            await handler.ExecuteAsync(actor, reference.ToString(), command, Guid.NewGuid().ToString("N")));
    }
}
