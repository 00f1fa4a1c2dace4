using System.Globalization;
using MappaFlows.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.Workflows.Tests.Email;

/// <summary>
/// The post of one case, whose Chair is asked for a decision: a store in memory, an email service, a clock that the test moves.
/// </summary>
internal sealed class EmailHarness : IAsyncDisposable
{
    private readonly ProductBuilder _builder;
    private readonly ITableStore _emailStore;
    private readonly List<ServiceProvider> _instances = [];

    private EmailHarness(EmailRateLimits limits, Func<ITableStore, ITableStore>? over)
    {
        Service = new(limits, Time);
        _builder = new() { Time = Time, Emails = Service };
        _emailStore = over?.Invoke(Store) ?? Store;
    }

    /// <summary>What Azure allows a new domain.</summary>
    public static EmailRateLimits Usual { get; } = new(30, 100);

    public FakeTimeProvider Time { get; } = new(Product.Start);

    public MemoryStore Store { get; } = new();

    public FakeEmailService Service { get; }

    public CaseReference Reference { get; } = CaseReference.For(SamplePeople.Referrer.Id, "post");

    /// <summary>The post office of the instance that started last.</summary>
    public EmailSender Sender => Get<EmailSender>();

    public EmailRateLimiter RateLimiter => Get<EmailRateLimiter>();

    public T Get<T>() where T : notnull => _instances[^1].GetRequiredService<T>();

    /// <param name="over">A store to put over that in memory for everything but the making of the case.</param>
    public static async Task<EmailHarness> OpenAsync(EmailRateLimits? limits = null, Func<ITableStore, ITableStore>? over = null)
    {
        var harness = new EmailHarness(limits ?? EmailRateLimits.None, over);
        var first = harness.Provide(harness.Store);
        await harness._builder.SavePeopleAsync(first);
        await harness.DoAsync(SamplePeople.Referrer, new SubmitReferral(harness.Reference, SampleReferrals.Category2()));
        await harness.DoAsync(
            SamplePeople.Coordinator,
            new DecideScreening { Outcome = ScreeningOutcome.Accept, Level = ManagementLevel.Level2, Reasons = "It meets the test." });
        await harness.DoAsync(SamplePeople.Coordinator, new ProposeDisclosure { Content = SampleDisclosures.Content() });
        harness.Restart();
        return harness;
    }

    /// <summary>Another instance of the product on the same store: as after a crash, or beside the one before.</summary>
    public EmailSender Restart() => Provide(_emailStore).GetRequiredService<EmailSender>();

    /// <summary>An email to the coordinator.</summary>
    public EmailRequest Ordinary(int number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Reference}.{number:D5}.ordinary"), "ReferralReceived", Reference, new(SamplePeople.Coordinator.Id));

    /// <summary>An email that asks the Chair for a decision.</summary>
    public EmailRequest Urgent(int number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Reference}.{number:D5}.urgent"), "ApprovalRequested", Reference, new(SamplePeople.Chair.Id), 1, 1);

    /// <returns>False when it has to be handed in again.</returns>
    public async Task<bool> SubmitAsync(EmailRequest notification) =>
        await Sender.SubmitAsync(notification, CancellationToken.None) != SubmitResult.Again;

    /// <summary>Hands in ordinary emails of these numbers.</summary>
    public async Task SubmitAsync(int from, int count)
    {
        for (var number = from; number < from + count; number++) Assert.True(await SubmitAsync(Ordinary(number)));
    }

    /// <summary>Moves the clock and sends what may go then.</summary>
    public async Task<int> SendAfterAsync(TimeSpan wait)
    {
        Time.Advance(wait);
        var (left, failed) = await Sender.SendQueuedAsync(500);
        Assert.Equal(0, failed);
        return left;
    }

    public Task<IReadOnlyList<QueuedEmail>> QueuedAsync() => Get<EmailQueue>().PageAsync(1000);

    public Task<IReadOnlyList<UndeliveredEmail>> UndeliveredAsync() => Get<UndeliveredEmails>().PageAsync(1000);

    public Task ReportAsync(Guid operation, string status, DateTimeOffset at) =>
        Get<DeliveryReports>().RecordAsync(new(operation, status, at));

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances) await instance.DisposeAsync();
    }

    private async Task DoAsync(Person actor, CaseCommand command) =>
        Assert.IsType<CommandResult<CaseState>.Done>(
            await Get<CommandHandler<CaseState>>().ExecuteAsync(actor, Reference.ToString(), command, Guid.NewGuid().ToString("N")));

    private ServiceProvider Provide(ITableStore store)
    {
        var provider = (_builder with { Store = store }).Build();
        _instances.Add(provider);
        return provider;
    }
}
