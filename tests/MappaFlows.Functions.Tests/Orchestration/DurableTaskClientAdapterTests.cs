using Grpc.Core;
using MappaFlows.Durable;
using MappaFlows.Functions.Orchestration;
using Moq;
using Taken = DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException;
using Vendor = Microsoft.DurableTask;
using VendorClient = Microsoft.DurableTask.Client;

namespace MappaFlows.Functions.Tests.Orchestration;

public class DurableTaskClientAdapterTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly Mock<VendorClient.DurableTaskClient> _vendor = new(MockBehavior.Strict, "test");
    private readonly DurableTaskClientAdapter _client;

    public DurableTaskClientAdapterTests() => _client = new DurableTaskClientAdapter(_vendor.Object);

    [Fact]
    public async Task A_start_never_replaces_an_instance_that_has_not_ended()
    {
        var at = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Vendor.StartOrchestrationOptions? given = null;
        _vendor.Setup(v => v.ScheduleNewOrchestrationInstanceAsync(new Vendor.TaskName("Screening"), "in", It.IsAny<Vendor.StartOrchestrationOptions>(), None))
            .Callback((Vendor.TaskName _, object? _, Vendor.StartOrchestrationOptions? options, CancellationToken _) => given = options)
            .ReturnsAsync("case-1");

        Assert.Equal("case-1", await _client.ScheduleNewOrchestrationInstanceAsync("Screening", "in", new StartOrchestrationOptions("case-1", at, "2")));

        Assert.Equal("case-1", given?.InstanceId);
        Assert.Equal(at, given?.StartAt);
        Assert.Equal("2", given?.Version?.Version);
        Assert.Equal(["Pending", "Running", "Suspended"], given?.DedupeStatuses?.Order());
    }

    [Fact]
    public async Task A_start_without_options_still_never_replaces()
    {
        Vendor.StartOrchestrationOptions? given = null;
        _vendor.Setup(v => v.ScheduleNewOrchestrationInstanceAsync(It.IsAny<Vendor.TaskName>(), null, It.IsAny<Vendor.StartOrchestrationOptions>(), None))
            .Callback((Vendor.TaskName _, object? _, Vendor.StartOrchestrationOptions? options, CancellationToken _) => given = options)
            .ReturnsAsync("new");

        await _client.ScheduleNewOrchestrationInstanceAsync("Screening");

        Assert.Null(given?.InstanceId);
        Assert.Null(given?.Version);
        Assert.Equal(3, given?.DedupeStatuses?.Count);
    }

    [Fact]
    public async Task An_id_that_begins_with_an_at_sign_is_refused_before_the_vendor_is_asked() =>
        await Assert.ThrowsAsync<ArgumentException>(
            () => _client.ScheduleNewOrchestrationInstanceAsync("Screening", options: new StartOrchestrationOptions("@case-1")));

    [Fact]
    public async Task A_purge_without_a_time_begins_before_anything_was()
    {
        VendorClient.PurgeInstancesFilter? given = null;
        _vendor.Setup(v => v.PurgeAllInstancesAsync(It.IsAny<VendorClient.PurgeInstancesFilter>(), None))
            .Callback((VendorClient.PurgeInstancesFilter filter, CancellationToken _) => given = filter)
            .ReturnsAsync(new VendorClient.PurgeResult(0));

        await _client.PurgeAllInstancesAsync(new PurgeInstancesFilter());

        Assert.Equal(DateTimeOffset.UnixEpoch, given?.CreatedFrom);
    }

    [Fact]
    public async Task A_taken_id_is_the_ports_refusal()
    {
        _vendor.Setup(v => v.ScheduleNewOrchestrationInstanceAsync(It.IsAny<Vendor.TaskName>(), null, It.IsAny<Vendor.StartOrchestrationOptions>(), None))
            .ThrowsAsync(new Taken("taken"));

        var refused = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(
            () => _client.ScheduleNewOrchestrationInstanceAsync("Screening", options: new StartOrchestrationOptions("case-1")));

        Assert.Equal("case-1", refused.InstanceId);
    }

    public static TheoryData<StatusCode?, bool> Answers => new()
    {
        { null, true },
        { StatusCode.NotFound, false },
        { StatusCode.FailedPrecondition, false },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task No_live_instance_is_an_answer_and_not_an_error(StatusCode? status, bool live)
    {
        var answer = status is { } code ? Task.FromException(new RpcException(new Status(code, ""))) : Task.CompletedTask;
        _vendor.Setup(v => v.RaiseEventAsync("id", "bell", null, None)).Returns(answer);
        _vendor.Setup(v => v.TerminateInstanceAsync("id", It.Is<VendorClient.TerminateInstanceOptions>(o => Equals(o.Output, "out")), None)).Returns(answer);
        _vendor.Setup(v => v.SuspendInstanceAsync("id", "why", None)).Returns(answer);
        _vendor.Setup(v => v.ResumeInstanceAsync("id", "why", None)).Returns(answer);

        Assert.Equal(live, await _client.RaiseEventAsync("id", "bell"));
        Assert.Equal(live, await _client.TerminateInstanceAsync("id", "out"));
        Assert.Equal(live, await _client.SuspendInstanceAsync("id", "why"));
        Assert.Equal(live, await _client.ResumeInstanceAsync("id", "why"));
    }

    [Fact]
    public async Task Any_other_error_is_one()
    {
        _vendor.Setup(v => v.RaiseEventAsync("id", "bell", null, None)).ThrowsAsync(new RpcException(new Status(StatusCode.Unavailable, "")));

        await Assert.ThrowsAsync<RpcException>(() => _client.RaiseEventAsync("id", "bell"));
    }

    [Fact]
    public async Task An_instance_is_shown_with_all_its_fields()
    {
        var created = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var vendor = new VendorClient.OrchestrationMetadata("Screening", "case-1")
        {
            RuntimeStatus = VendorClient.OrchestrationRuntimeStatus.Failed,
            CreatedAt = created,
            LastUpdatedAt = created.AddDays(1),
            SerializedInput = "1",
            SerializedOutput = "2",
            SerializedCustomStatus = "3",
            FailureDetails = new Vendor.TaskFailureDetails("T", "M", "S", null, null),
        };
        _vendor.Setup(v => v.GetInstanceAsync("case-1", true, None)).ReturnsAsync(vendor);
        _vendor.Setup(v => v.WaitForInstanceStartAsync("case-1", true, None)).ReturnsAsync(vendor);
        _vendor.Setup(v => v.WaitForInstanceCompletionAsync("case-1", true, None)).ReturnsAsync(vendor);
        var expected = new OrchestrationMetadata("Screening", "case-1")
        {
            RuntimeStatus = OrchestrationRuntimeStatus.Failed,
            CreatedAt = created,
            LastUpdatedAt = created.AddDays(1),
            SerializedInput = "1",
            SerializedOutput = "2",
            SerializedCustomStatus = "3",
            FailureDetails = new TaskFailureDetails("T", "M", "S", null),
        };

        Assert.Equal(expected, await _client.GetInstanceAsync("case-1"));
        Assert.Equal(expected, await _client.WaitForInstanceStartAsync("case-1", None));
        Assert.Equal(expected, await _client.WaitForInstanceCompletionAsync("case-1", None));
    }

    [Fact]
    public async Task An_unknown_instance_is_null()
    {
        _vendor.Setup(v => v.GetInstanceAsync("none", true, None)).ReturnsAsync((VendorClient.OrchestrationMetadata?)null);

        Assert.Null(await _client.GetInstanceAsync("none"));
    }

    [Theory]
    [InlineData(VendorClient.OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Running)]
    [InlineData(VendorClient.OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Completed)]
    [InlineData(VendorClient.OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Failed)]
    [InlineData(VendorClient.OrchestrationRuntimeStatus.Terminated, OrchestrationRuntimeStatus.Terminated)]
    [InlineData(VendorClient.OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Pending)]
    [InlineData(VendorClient.OrchestrationRuntimeStatus.Suspended, OrchestrationRuntimeStatus.Suspended)]
    public async Task Every_status_has_its_counterpart(VendorClient.OrchestrationRuntimeStatus vendor, OrchestrationRuntimeStatus port)
    {
        _vendor.Setup(v => v.GetInstanceAsync("id", true, None)).ReturnsAsync(new VendorClient.OrchestrationMetadata("n", "id") { RuntimeStatus = vendor });
        VendorClient.PurgeInstancesFilter? given = null;
        _vendor.Setup(v => v.PurgeAllInstancesAsync(It.IsAny<VendorClient.PurgeInstancesFilter>(), None))
            .Callback((VendorClient.PurgeInstancesFilter filter, CancellationToken _) => given = filter)
            .ReturnsAsync(new VendorClient.PurgeResult(2));

        Assert.Equal(port, (await _client.GetInstanceAsync("id"))?.RuntimeStatus);
        Assert.Equal(2, await _client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Statuses: [port])));
        Assert.Equal([vendor], given?.Statuses);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task A_purge_says_whether_there_was_one(int count, bool was)
    {
        _vendor.Setup(v => v.PurgeInstanceAsync("id", None)).ReturnsAsync(new VendorClient.PurgeResult(count));

        Assert.Equal(was, await _client.PurgeInstanceAsync("id"));
    }

    [Fact]
    public async Task A_list_is_one_page_filtered_by_name_and_says_where_to_go_on()
    {
        VendorClient.OrchestrationQuery? given = null;
        _vendor.Setup(v => v.GetAllInstancesAsync(It.IsAny<VendorClient.OrchestrationQuery>()))
            .Callback((VendorClient.OrchestrationQuery? query) => given = query)
            .Returns(Vendor.Pageable.Create<VendorClient.OrchestrationMetadata>((token, size, _) =>
            {
                Assert.Equal("page-1", token);
                Assert.Equal(2, size);
                return Task.FromResult(new Vendor.Page<VendorClient.OrchestrationMetadata>(
                    [new("Screening", "a"), new("LevelReview", "b")], "page-2"));
            }));

        var page = await _client.GetAllInstancesAsync(new OrchestrationQuery
        {
            NamePrefix = "screen",
            InstanceIdPrefix = "case-",
            Statuses = [OrchestrationRuntimeStatus.Running],
            PageSize = 2,
            ContinuationToken = "page-1",
        });

        Assert.Equal("a", Assert.Single(page.Values).InstanceId);
        Assert.Equal("page-2", page.ContinuationToken);
        Assert.Equal("case-", given?.InstanceIdPrefix);
        Assert.Equal([VendorClient.OrchestrationRuntimeStatus.Running], given?.Statuses);
    }
}
