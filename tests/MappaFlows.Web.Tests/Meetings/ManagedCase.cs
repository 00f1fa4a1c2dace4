using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Meetings;

/// <summary>A case brought by commands to where a page's test begins.</summary>
public sealed class ManagedCase
{
    private readonly ProductFactory _product;

    private ManagedCase(ProductFactory product, CaseReference reference)
    {
        _product = product;
        Reference = reference;
    }

    public CaseReference Reference { get; }

    public string Path => $"/cases/{Reference}";

    private CaseCommands Commands => _product.Services.GetRequiredService<CaseCommands>();

    /// <summary>A case that is there already.</summary>
    public static ManagedCase Of(ProductFactory product, CaseReference reference) => new(product, reference);

    public static async Task<ManagedCase> AcceptedAsync(
        ProductFactory product,
        ManagementLevel level = ManagementLevel.Level2,
        Category category = Category.Category2,
        Person? referrer = null)
    {
        referrer ??= DemoPeople.Referrer;
        var key = Guid.NewGuid().ToString("N");
        var state = new ManagedCase(product, CaseReference.For(referrer.Id, key));
        await state.DoAsync(referrer, new SubmitReferral(
            state.Reference,
            SampleReferrals.Of(LondonTime.Today(product.Now), category: category) with
            {
                Meeting =
                new() { CountersigningManager = SampleReferrals.CountersigningManager, AgenciesToInvite = ["health"] }
            }));
        await state.DoAsync(DemoPeople.Coordinator, new DecideScreening { Outcome = ScreeningOutcome.Accept, Level = level, Reasons = "Several agencies." });
        return state;
    }

    /// <summary>With a disclosure that waits for the Chair, and the link that was sent.</summary>
    public static async Task<(ManagedCase Case, string Link)> ProposedAsync(ProductFactory product)
    {
        var state = await AcceptedAsync(product);
        await state.DoAsync(
            DemoPeople.Coordinator,
            new ProposeDisclosure { Content = SampleDisclosures.Content(), ApproverId = DemoPeople.Chair.Id });
        return (state, await state.NewestLinkAsync());
    }

    public async Task DoAsync(Person actor, CaseCommand command)
    {
        var result = await Commands.ExecuteAsync(actor, Reference, command, key: null);
        Assert.True(result is CommandResult.Done, (result as CommandResult.Refused)?.Problems[0].Message);
    }

    public async Task<Timetable> TimetableAsync() => (await _product.Services.GetRequiredService<CaseQueries>().TimetableAsync(Reference))!;

    public async Task<CaseState> ReadAsync() => (await TimetableAsync()).Case;

    public async Task<IReadOnlyList<CaseEvent>> EventsAsync() =>
        [
            .. (
                await _product.Services.GetRequiredService<StreamStore>().EventsAsync(CaseFeatures.Model.Events,
                    CaseStreams.Of(Reference))).Select(recorded => (CaseEvent)recorded.Event),
        ];

    /// <summary>The path of the newest decision link that was sent about this case.</summary>
    public Task<string> NewestLinkAsync() => Wait.ForAsync(async () =>
    {
        // The outbox may be in other hands at the moment, and the mailbox does not say when an email comes in.
        var links = (await ReadAsync()).Disclosures[^1].Links.Count;
        var mails = (await _product.MailAsync()).Where(
            mail => mail.Email.Links.Any(link => link.Contains($"/decide/{Reference}/", StringComparison.Ordinal))).ToList();
        return mails.Count > 0 && mails.Count >= links ? new Uri(mails[0].Email.Links[0]).PathAndQuery : null;
    });

    /// <summary>The three fields of a date.</summary>
    public static (string, string?)[] Fields(string name, DateOnly day) =>
        [($"{name}.Day", $"{day.Day}"), ($"{name}.Month", $"{day.Month}"), ($"{name}.Year", $"{day.Year}")];
}
