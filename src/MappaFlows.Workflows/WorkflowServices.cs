using MappaFlows.Core.Calendars;
using MappaFlows.Core.Policy;
using MappaFlows.Workflows.Auditing;
using MappaFlows.Workflows.Caseload;
using MappaFlows.Workflows.Cases;
using MappaFlows.Workflows.Inspecting;
using MappaFlows.Workflows.Notifications;
using MappaFlows.Workflows.Orchestrations;
using MappaFlows.Workflows.Outbox;
using MappaFlows.Workflows.People;
using MappaFlows.Workflows.Referrals;
using MappaFlows.Workflows.Sweeping;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MappaFlows.Workflows;

/// <summary>Wires the room into a host, which brings the table store, the audit vault, the orchestration client, the mail carrier and the clock.</summary>
public static class WorkflowServices
{
    public static IServiceCollection AddWorkflows(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new ProductOptions());
        services.AddSingleton(PolicyBook.Default);
        services.AddSingleton(WorkingCalendar.EnglandAndWales);
        services.AddSingleton<TablePeopleDirectory>();
        services.AddSingleton<IPeopleDirectory>(provider => provider.GetRequiredService<TablePeopleDirectory>());
        services.AddSingleton<CaseStore>();
        services.AddSingleton<CaseLedger>();
        services.AddSingleton<CaseDesk>();
        services.AddSingleton<CaseRecord>();
        services.AddSingleton<PendingCases>();
        services.AddSingleton<OrchestrationStarter>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddSingleton<ApprovalLinks>();
        services.AddSingleton<ProductMetrics>();
        services.AddSingleton<LetterWriter>();
        services.AddSingleton<MailPace>();
        services.AddSingleton<PostOffice>();
        services.AddSingleton<MailRounds>();
        services.AddSingleton<CaseloadIndex>();
        services.AddSingleton<ReferralDrafts>();
        services.AddSingleton<UnanchoredCases>();
        services.AddSingleton<AnchorIndex>();
        services.AddSingleton<Anchoring>();
        services.AddSingleton<AnchorCheck>();
        services.AddSingleton<AuditChecks>();
        services.AddSingleton<Sweep>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<EngineView>();
        services.AddSingleton<InspectDesk>();
        return services;
    }

    /// <summary>The orchestrations and their activities, for whichever engine the host has.</summary>
    public static void AddWorkflowTasks(DurableTaskRegistry registry) => registry
        .AddOrchestrator<CaseLifecycle>()
        .AddOrchestrator<Screening>()
        .AddOrchestrator<LevelReview>()
        .AddOrchestrator<DisclosureApproval>()
        .AddOrchestrator<ExitWatch>()
        .AddOrchestrator<WaitingEmails>()
        .AddOrchestrator<AuditCheck>()
        .AddActivity<AttendToCase>()
        .AddActivity<SendWaitingEmails>()
        .AddActivity<CheckAnchor>();
}
