using MappaFlows.Durable;
using MappaFlows.Functions.Orchestration;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Vendor = Microsoft.DurableTask;

namespace MappaFlows.Functions.Tests.Orchestration;

public class DurableTaskOrchestrationContextTests
{
    private readonly Mock<Vendor.TaskOrchestrationContext> _vendor = new(MockBehavior.Strict);
    private readonly DurableTaskOrchestrationContext _context;

    public DurableTaskOrchestrationContextTests() => _context = new DurableTaskOrchestrationContext(_vendor.Object);

    [Fact]
    public void What_the_instance_is_comes_from_the_vendor()
    {
        var now = new DateTime(2026, 11, 22, 9, 0, 0, DateTimeKind.Utc);
        var id = Guid.NewGuid();
        _vendor.Setup(v => v.Name).Returns(new Vendor.TaskName("Screening"));
        _vendor.Setup(v => v.InstanceId).Returns("case-1");
        _vendor.Setup(v => v.Parent).Returns(new Vendor.ParentOrchestrationInstance("CaseLifecycle", "case-0"));
        _vendor.Setup(v => v.CurrentUtcDateTime).Returns(now);
        _vendor.Setup(v => v.IsReplaying).Returns(true);
        _vendor.Setup(v => v.Version).Returns("2");
        _vendor.Setup(v => v.GetInput<string>()).Returns("input");
        _vendor.Setup(v => v.NewGuid()).Returns(id);

        Assert.Equal("Screening", _context.Name);
        Assert.Equal("case-1", _context.InstanceId);
        Assert.Equal(new ParentOrchestrationInstance("CaseLifecycle", "case-0"), _context.Parent);
        Assert.Equal(now, _context.CurrentUtcDateTime);
        Assert.True(_context.IsReplaying);
        Assert.Equal("2", _context.Version);
        Assert.Equal("input", _context.GetInput<string>());
        Assert.Equal(id, _context.NewGuid());
    }

    [Fact]
    public void An_orchestration_without_a_parent_has_none()
    {
        _vendor.Setup(v => v.Parent).Returns((Vendor.ParentOrchestrationInstance?)null);

        Assert.Null(_context.Parent);
    }

    [Fact]
    public async Task An_activity_is_called_with_its_retry_policy_field_by_field()
    {
        Vendor.TaskOptions? given = null;
        _vendor.Setup(v => v.CallActivityAsync<int>(new Vendor.TaskName("Count"), "in", It.IsAny<Vendor.TaskOptions>()))
            .Callback((Vendor.TaskName _, object? _, Vendor.TaskOptions? options) => given = options)
            .ReturnsAsync(7);
        var policy = new RetryPolicy(5, TimeSpan.FromSeconds(2), 3, TimeSpan.FromMinutes(4), TimeSpan.FromHours(6));

        var result = await _context.CallActivityAsync<int>("Count", "in", TaskOptions.FromRetryPolicy(policy));

        Assert.Equal(7, result);
        var vendorPolicy = given?.Retry?.Policy;
        Assert.NotNull(vendorPolicy);
        Assert.Equal(5, vendorPolicy.MaxNumberOfAttempts);
        Assert.Equal(TimeSpan.FromSeconds(2), vendorPolicy.FirstRetryInterval);
        Assert.Equal(3, vendorPolicy.BackoffCoefficient);
        Assert.Equal(TimeSpan.FromMinutes(4), vendorPolicy.MaxRetryInterval);
        Assert.Equal(TimeSpan.FromHours(6), vendorPolicy.RetryTimeout);
    }

    [Fact]
    public async Task An_activity_without_options_is_called_without()
    {
        _vendor.Setup(v => v.CallActivityAsync(new Vendor.TaskName("Tell"), null, null)).Returns(Task.CompletedTask);

        await _context.CallActivityAsync("Tell");

        _vendor.VerifyAll();
    }

    [Fact]
    public async Task A_sub_orchestration_keeps_its_id_and_its_retry_policy()
    {
        Vendor.TaskOptions? given = null;
        _vendor.Setup(v => v.CallSubOrchestratorAsync<string>(new Vendor.TaskName("LevelReview"), 3, It.IsAny<Vendor.TaskOptions>()))
            .Callback((Vendor.TaskName _, object? _, Vendor.TaskOptions? options) => given = options)
            .ReturnsAsync("done");
        var options = TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromSeconds(1))).WithInstanceId("review-3");

        Assert.Equal("done", await _context.CallSubOrchestratorAsync<string>("LevelReview", 3, options));

        var sub = Assert.IsType<Vendor.SubOrchestrationOptions>(given);
        Assert.Equal("review-3", sub.InstanceId);
        Assert.Equal(2, sub.Retry?.Policy?.MaxNumberOfAttempts);
    }

    [Fact]
    public async Task A_failure_is_the_ports_with_all_that_is_known_of_it()
    {
        var inner = new Vendor.TaskFailureDetails("Inner", "because", "at Inner", null, null);
        var failure = new Vendor.TaskFailedException("Tell", 4, new Vendor.TaskFailureDetails("Outer", "no", "at Outer", inner, null));
        _vendor.Setup(v => v.CallActivityAsync<string>(It.IsAny<Vendor.TaskName>(), null, null)).ThrowsAsync(failure);
        _vendor.Setup(v => v.CallActivityAsync(It.IsAny<Vendor.TaskName>(), null, null)).ThrowsAsync(failure);
        _vendor.Setup(v => v.CallSubOrchestratorAsync<string>(It.IsAny<Vendor.TaskName>(), null, null)).ThrowsAsync(failure);
        _vendor.Setup(v => v.CallSubOrchestratorAsync(It.IsAny<Vendor.TaskName>(), null, null)).ThrowsAsync(failure);

        Func<Task>[] calls =
        [
            () => _context.CallActivityAsync<string>("Tell"),
            () => _context.CallActivityAsync("Tell"),
            () => _context.CallSubOrchestratorAsync<string>("Tell"),
            () => _context.CallSubOrchestratorAsync("Tell"),
        ];
        foreach (var call in calls)
        {
            var thrown = await Assert.ThrowsAsync<TaskFailedException>(call);
            Assert.Equal("Tell", thrown.TaskName);
            Assert.Equal(4, thrown.TaskId);
            Assert.Equal(
                new TaskFailureDetails("Outer", "no", "at Outer", new TaskFailureDetails("Inner", "because", "at Inner", null)),
                thrown.FailureDetails);
        }
    }

    [Fact]
    public async Task A_failure_of_which_nothing_is_known_is_still_the_ports()
    {
        var failure = new Vendor.TaskFailedException("Child", 2, failureDetails: null!);
        _vendor.Setup(v => v.CallSubOrchestratorAsync(It.IsAny<Vendor.TaskName>(), null, null)).ThrowsAsync(failure);

        var thrown = await Assert.ThrowsAsync<TaskFailedException>(() => _context.CallSubOrchestratorAsync("Child"));

        Assert.Equal(("Child", 2, failure.Message), (thrown.TaskName, thrown.TaskId, thrown.FailureDetails.ErrorMessage));
    }

    [Fact]
    public async Task Timers_and_events_are_passed_through()
    {
        using var stop = new CancellationTokenSource();
        var at = new DateTime(2046, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        _vendor.Setup(v => v.CreateTimer(at, stop.Token)).Returns(Task.CompletedTask);
        _vendor.Setup(v => v.CreateTimer(TimeSpan.FromDays(28), stop.Token)).Returns(Task.CompletedTask);
        _vendor.Setup(v => v.WaitForExternalEvent<string>("bell", stop.Token)).ReturnsAsync("rung");
        _vendor.Setup(v => v.SendEvent("other", "bell", "payload"));

        await _context.CreateTimer(at, stop.Token);
        await _context.CreateTimer(TimeSpan.FromDays(28), stop.Token);
        Assert.Equal("rung", await _context.WaitForExternalEvent<string>("bell", stop.Token));
        _context.SendEvent("other", "bell", "payload");

        _vendor.VerifyAll();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Status_and_the_next_run_are_passed_through(bool preserve)
    {
        _vendor.Setup(v => v.SetCustomStatus("waiting"));
        _vendor.Setup(v => v.ContinueAsNew("case-1", preserve));

        _context.SetCustomStatus("waiting");
        _context.ContinueAsNew("case-1", preserve);

        _vendor.VerifyAll();
    }

    [Fact]
    public void A_logger_is_the_vendors_replay_safe_one()
    {
        _vendor.Setup(v => v.CreateReplaySafeLogger("category")).Returns(NullLogger.Instance);
        _vendor.Setup(v => v.CreateReplaySafeLogger(typeof(string))).Returns(NullLogger.Instance);

        Assert.Same(NullLogger.Instance, _context.CreateReplaySafeLogger("category"));
        Assert.Same(NullLogger.Instance, _context.CreateReplaySafeLogger(typeof(string)));
    }
}
