using System.Globalization;
using MappaFlows.Durable;
using MappaFlows.Functions.Tests.Engine;
using MappaFlows.Testing.Azurite;
using MappaFlows.Workflows.Orchestrations;

namespace MappaFlows.Functions.Tests.Product;

/// <summary>
/// The same path on the Azure Storage backend, as a Functions app has it by default, and what a Chair's approval costs there: the requests
/// that the engine sends to its own account from the proposal until the clock has ended, beside what it sends when nothing happens.
/// </summary>
[Collection(nameof(OneAtATime))]
public sealed class StorageCostTests(AzuriteFixture azurite)
{
    /// <summary>What the README of <c>infra</c> promises.</summary>
    private const int Most = 40;

    [Fact]
    public async Task A_Chairs_approval_from_proposal_to_told_stays_within_its_requests()
    {
        await using var storage = await StorageEmulator.StartAsync(TestContext.Current.CancellationToken);
        // Brought so far in memory: the vendor's test server was seen to hand sub-orchestrations, which come before, to this store in vain.
        InstanceIds reference;
        await using (var earlier = await Journey.StartAsync(azurite.ConnectionString))
        {
            reference = await earlier.ReferAsync();
            await earlier.AcceptAsync(reference);
        }

        await using var journey = await Journey.StartAsync(azurite.ConnectionString, storage.ConnectionString);
        await QuietAsync(storage);

        var before = storage.Requests.Count;
        var link = await journey.ProposeAsync(reference);
        await QuietAsync(storage);
        await journey.ApproveAsync(reference, link);
        await QuietAsync(storage);
        await journey.Site.Mail.WaitForAsync(journey.Manager.Email, Journey.AskedToTell, reference.Reference);
        await journey.TellAsync(reference);
        await QuietAsync(storage);
        var after = storage.Requests.Count;

        await journey.IsAsync(reference.Approval(1, 1), OrchestrationRuntimeStatus.Completed);
        var work = Work(storage.Requests.Skip(before).Take(after - before));
        foreach (var kind in work.GroupBy(Kind).OrderBy(group => group.Key, StringComparer.Ordinal))
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind.Count(),4} {kind.Key}"));
        Assert.InRange(work.Count, 1, Most);
    }

    /// <summary>
    /// Leaves out what the engine sends whether or not there is work: looking into queues, renewing leases, reading the table of partitions.
    /// A message that was put is also fetched, once; that look is work, and counted as one with the putting.
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
        var (seen, since) = (-1, Environment.TickCount64);
        while (Environment.TickCount64 - since < 3_000)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            var work = Work(storage.Requests).Count;
            if (work != seen)
                (seen, since) = (work, Environment.TickCount64);
        }
    }
}
