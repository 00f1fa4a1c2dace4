using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Cases;

/// <summary>Brings cases to the stage that a page's test begins with, by the commands that people give.</summary>
internal static class CaseSamples
{
    public static DateOnly Today(this ProductFactory product) => LondonTime.Today(product.Now);

    /// <summary>A referral that was sent and waits for screening.</summary>
    public static async Task<CaseReference> ReferAsync(this ProductFactory product, Referral? referral = null, Person? by = null)
    {
        var referrer = by ?? DemoPeople.Referrer;
        var key = Guid.NewGuid().ToString("N");
        var reference = CaseReference.For(referrer.Id, key);
        await product.GiveAsync(referrer, reference, new SubmitReferral(reference, referral ?? SampleReferrals.Of(product.Today())), key);
        return reference;
    }

    /// <summary>A case that is managed at a level.</summary>
    public static async Task<CaseReference> AcceptAsync(
        this ProductFactory product,
        ManagementLevel level = ManagementLevel.Level2,
        Referral? referral = null)
    {
        var reference = await product.ReferAsync(referral);
        await product.GiveAsync(
            DemoPeople.Coordinator,
            reference,
            new DecideScreening { Outcome = ScreeningOutcome.Accept, Level = level, Reasons = "The test is met" });
        return reference;
    }

    public static async Task GiveAsync(
        this ProductFactory product,
        Person actor,
        CaseReference reference,
        CaseCommand command,
        string? key = null)
    {
        var result = await product.Services.GetRequiredService<CaseCommands>().ExecuteAsync(
            actor,
            reference,
            command,
            key ?? Guid.NewGuid().ToString("N"));
        Assert.True(
            result is CommandResult.Done,
            string.Join(' ', (result as CommandResult.Refused)?.Problems.Select(problem => problem.Message) ?? []));
    }

    public static async Task<CaseState> CaseAsync(this ProductFactory product, CaseReference reference) =>
        (await product.Services.GetRequiredService<CaseQueries>().TimetableAsync(reference))!.Case;

    public static async Task<IReadOnlyList<CaseEvent>> EventsAsync(this ProductFactory product, CaseReference reference) =>
        [
            .. (
                await product.Services.GetRequiredService<StreamStore>().EventsAsync(CaseFeatures.Model.Events,
                    CaseStreams.Of(reference))).Select(recorded => (CaseEvent)recorded.Event),
        ];
}
