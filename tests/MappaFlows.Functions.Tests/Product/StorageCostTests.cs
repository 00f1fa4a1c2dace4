using System.Globalization;
using MappaFlows.Testing.Azurite;

namespace MappaFlows.Functions.Tests.Product;

/// <summary>
/// The same path on the Azure Storage backend, as a Functions app has it by default, and what its stages cost there: the requests that the
/// engine sends to its own account, beside what it sends when nothing happens.
/// </summary>
[Collection(nameof(OneAtATime))]
public sealed class StorageCostTests(AzuriteFixture azurite)
{
    /// <summary>
    /// What the README of <c>infra</c> promises for a case from its referral until it is managed, with its clocks wound up.
    /// </summary>
    private const int MaxToManaged = 90;

    /// <summary>
    /// What it promises for a Chair's approval from the proposal until the recipient was told, with the watch over its last day.
    /// </summary>
    private const int MaxForApproval = 80;

    [Fact]
    public async Task Storage_requests_stay_within_their_limits()
    {
        await using var storage = await StorageEmulator.StartAsync(TestContext.Current.CancellationToken);
        await using var journey = await Journey.StartAsync(azurite.ConnectionString, storage.ConnectionString);
        await QuietAsync(storage);

        var referred = storage.Requests.Count;
        var reference = await journey.ReferAsync();
        await QuietAsync(storage);
        await journey.ScreenAsync(reference);
        await QuietAsync(storage);

        var proposed = storage.Requests.Count;
        var link = await journey.ProposeAsync(reference);
        await QuietAsync(storage);
        await journey.ApproveAsync(reference, link);
        await QuietAsync(storage);
        await journey.Site.Emails.WaitForAsync(journey.Manager.Email, Journey.AskedToDisclose, reference.Reference);
        await journey.DiscloseAsync(reference);
        await QuietAsync(storage);
        var told = storage.Requests.Count;

        // Looked at only now: a look is a request too.
        await journey.IsAsync(reference.Screening, OrchestrationRuntimeStatus.Completed);
        await journey.IsAsync(reference.Review, OrchestrationRuntimeStatus.Running);
        await journey.IsAsync(reference.Exit, OrchestrationRuntimeStatus.Running);
        await journey.IsAsync(reference.Approval(1, 1), OrchestrationRuntimeStatus.Completed);
        Assert.InRange(Cost("to managed", storage.Requests.Take(proposed).Skip(referred)), 1, MaxToManaged);
        Assert.InRange(Cost("approval", storage.Requests.Take(told).Skip(proposed)), 1, MaxForApproval);
    }

    private static int Cost(string stage, IEnumerable<string> requests)
    {
        var work = Work(requests);
        foreach (var kind in work.GroupBy(Kind).OrderBy(group => group.Key, StringComparer.Ordinal))
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stage}: {kind.Count(),4} {kind.Key}"));
        return work.Count;
    }

    /// <summary>
    /// Leaves out what the engine sends whether or not there is work: looking into queues, renewing leases, reading the table of
    /// partitions. A message that was put is also fetched, once; that look is work, and counted as one with the putting.
    /// </summary>
    private static List<string> Work(IEnumerable<string> requests)
    {
        var work = new List<string>();
        foreach (var request in requests)
        {
            var path = request.Split(' ')[1].Split('?')[0];
            var isLook = request.StartsWith("GET ", StringComparison.Ordinal) && path.EndsWith("/messages", StringComparison.Ordinal);
            var isLease = request.Contains("comp=lease", StringComparison.Ordinal) || path.Contains("leases", StringComparison.Ordinal);
            var isPartitions = path.Contains("Partitions", StringComparison.OrdinalIgnoreCase);
            var isMeasure = request.Contains("comp=metadata", StringComparison.Ordinal);
            if (isLook || isLease || isPartitions || isMeasure)
                continue;
            work.Add(request);
            if (request.StartsWith("POST ", StringComparison.Ordinal) && path.EndsWith("/messages", StringComparison.Ordinal))
                work.Add("GET " + path);
        }

        return work;
    }

    private static string Kind(string request)
    {
        var parts = request.Split(' ');
        var path = parts[1].Split('?')[0];
        var cut = path.IndexOf('(', StringComparison.Ordinal);
        path = cut < 0 ? path : path[..cut];
        return $"{parts[0]} {(path.Contains("/messages/", StringComparison.Ordinal) ? path[..(path.IndexOf("/messages/", StringComparison.Ordinal) + 9)] : path)}";
    }

    /// <summary>Waits until a while has passed in which nothing but looking was done.</summary>
    private static async Task QuietAsync(StorageEmulator storage)
    {
        // Counted in looks, which a busy machine makes slow as well.
        var seen = -1;
        for (var quiet = 0; quiet < 30; quiet++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            var work = Work(storage.Requests).Count;
            if (work != seen)
                (seen, quiet) = (work, 0);
        }
    }
}
