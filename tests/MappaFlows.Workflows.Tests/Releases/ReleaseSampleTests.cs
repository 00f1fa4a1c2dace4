using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;

namespace MappaFlows.Workflows.Tests.Releases;

/// <summary>What a release stored, every later one opens, verifies, rebuilds and goes on with.</summary>
public sealed class ReleaseSampleTests
{
    private const string StoreFile = "store.jsonl";
    private const string TimeFile = "time.txt";
    private const string AuditFolder = "audit";

    private static string Root => Path.Combine(AppContext.BaseDirectory, "Releases");

    public static TheoryData<string> Versions() =>
    [
        .. Directory.GetDirectories(Root).Where(folder => File.Exists(Path.Combine(folder, StoreFile)))
            .Select(folder => Path.GetFileName(folder)),
    ];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_stream_of_a_release_verifies_and_makes_the_state_that_it_stored(string version)
    {
        await using var product = await OpenAsync(version);

        var types = new HashSet<Type>();
        foreach (var id in CasesOf(version))
        {
            Assert.Null(await product.Get<StreamVerifier>().VerifyAsync(CaseFeatures.Model.Stream(id)));
            var stored = (await product.Get<StreamStore>().LoadAsync(CaseFeatures.Model, id))!.State;
            CaseState? rebuilt = null;
            foreach (var recorded in await product.Get<StreamStore>().EventsAsync(CaseFeatures.Model.Events, CaseFeatures.Model.Stream(id)))
            {
                types.Add(recorded.Event.GetType());
                rebuilt = CaseFeatures.Model.Apply(rebuilt, recorded.Event, recorded.Record.Info);
            }

            Assert.Equal(CaseFeatures.Model.Write(rebuilt!), CaseFeatures.Model.Write(stored));
        }

        Assert.Null(await product.Get<AdminLog>().VerifyAsync());
        var entry = Assert.Single((await product.Get<AdminLog>().PageAsync(before: null, take: 10)).Entries);
        Assert.Equal((AdminAction.RetryEmail, false), (entry.Action, entry.Outcome!.IsDone));
        if (version == Current) Assert.Empty(CaseFeatures.Model.Events.All.Values.Except(types).Select(type => type.Name));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_orchestrations_of_a_release_go_on_to_their_end(string version)
    {
        await using var product = await OpenAsync(version);
        var cases = CasesOf(version).Select(id => CaseReference.Parse(id)).ToList();

        await product.AdvanceAsync(TimeSpan.FromDays(365 * 8));

        foreach (var reference in cases)
        {
            var state = await product.CaseAsync(reference);
            Assert.DoesNotContain(state.Disclosures, disclosure => disclosure.IsAwaitingApproval);
            if (state.Stage == CaseStage.Managed) Assert.Equal(Category.Category3, state.Category);
            if (state.Stage == CaseStage.Screening) Assert.NotEqual(0, await product.CountAsync<ObligationEscalated>(reference));
        }

        await foreach (var instance in product.Orchestrations.GetAllInstancesAsync())
            Assert.True(instance.RuntimeStatus != OrchestrationRuntimeStatus.Failed, instance.InstanceId);
        Assert.DoesNotContain(product.Log.Lines, line => line.Contains("quarantined:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_disclosure_that_0_2_0_approved_ends_on_the_same_last_day()
    {
        const string version = "0.2.0";
        await using var product = await OpenAsync(version);
        var sweep = product.Get<Sweep>();
        var reference = (await Task.WhenAll(CasesOf(version).Select(id => product.CaseAsync(CaseReference.Parse(id)))))
            .Single(state => state.Disclosures.Any(disclosure => disclosure.IsAwaitingApproval)).Reference;
        var disclosure = (await product.CaseAsync(reference)).Disclosures[^1];
        await product.DoAsync(SamplePeople.Chair, reference, new DecideDisclosure
        {
            Number = disclosure.Number,
            Outcome = ApprovalOutcome.Approved,
            Reasons = "Weighed.",
            ContentHash = disclosure.ContentHash,
        });

        // As 0.2.0 left it: nothing watches the approval, and its row has no time.
        await product.Orchestrations.TerminateInstanceAsync(new CaseInstanceIds(reference).FollowUp(disclosure.Number, disclosure.Request));
        await product.AdvanceAsync(TimeSpan.FromMinutes(1));
        await sweep.RunAsync(Sweep.Grace);
        await product.AdvanceAsync(TimeSpan.FromDays(40));

        Assert.Equal(DisclosureStage.ApprovalEnded, (await product.CaseAsync(reference)).Disclosures[^1].Stage);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_checkpoints_of_a_release_agree_with_its_cases(string version)
    {
        await using var product = await OpenAsync(version);

        var range = await product.Get<Verifications>().FindAsync(Verifications.All);
        await product.Get<Verifications>().BeginAsync("verify", range!.Value);
        await product.AdvanceAsync(TimeSpan.Zero);

        var last = await product.Get<Verifications>().LastAsync();
        Assert.False(last!.IsRunning);
        Assert.NotEqual(0, last.Progress.Entries);
        Assert.Empty(last.Progress.Sample);
    }

    /// <summary>
    /// Writes the sample of the present version: <c>dotnet MappaFlows.Workflows.Tests.dll -explicit only -class …ReleaseSampleTests</c>.
    /// Done once for each release, and never again: what is there is what people have on their disks.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task Write_the_sample_of_this_version()
    {
        var folder = Path.Combine(SourceFolder(AppContext.BaseDirectory), Current);
        Assert.False(Directory.Exists(folder), $"{folder} is there already.");
        PartitionsStore? store = null;
        await using var product = await Product.StartAsync(over: inner => store = new(inner));
        await new ReleaseScenario(product).RunAsync();

        Directory.CreateDirectory(folder);
        await File.WriteAllLinesAsync(Path.Combine(folder, StoreFile), await StoreText.WriteAsync(store!, store!.Written));
        await File.WriteAllTextAsync(
            Path.Combine(folder, TimeFile),
            product.Time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) + "\n");
        foreach (var file in Directory.EnumerateFiles(product.AuditFolder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, AuditFolder, Path.GetRelativePath(product.AuditFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string Current { get; } =
        typeof(WorkflowServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+', '-')[0];

    private static async Task<Product> OpenAsync(string version)
    {
        var folder = Path.Combine(Root, version);
        var builder = new ProductBuilder
        {
            Time = new(DateTimeOffset.Parse(File.ReadAllText(Path.Combine(folder, TimeFile)), CultureInfo.InvariantCulture)),
        };
        return await Product.OpenAsync(
            builder,
            store => StoreText.ReadAsync(File.ReadLines(Path.Combine(folder, StoreFile)), store),
            Path.Combine(folder, AuditFolder));
    }

    private static IEnumerable<string> CasesOf(string version) =>
        File.ReadLines(Path.Combine(Root, version, StoreFile))
            .Select(line => JsonNode.Parse(line)!)
            .Where(row => (string)row["table"]! == TableNames.Cases)
            .Select(row => (string)row["partition"]!)
            .Distinct();

    private static string SourceFolder(string below) => File.Exists(Path.Combine(below, "MappaFlows.sln"))
        ? Path.Combine(below, "tests", "MappaFlows.Workflows.Tests", "Releases")
        : SourceFolder(Path.GetDirectoryName(below)!);
}
