using MappaFlows.Core;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MappaFlows.Workflows;

/// <summary>
/// Adds everything of this project to a host, which brings the table store, the checkpoint store, the Durable Task client, the email
/// transport and the clock.
/// </summary>
public static class WorkflowServices
{
    private static readonly Type[] StoredRows =
    [
        typeof(CaseloadIndex), typeof(ChangedCases), typeof(OutboxIndex), typeof(TablePeopleDirectory), typeof(EmailQueue),
        typeof(UndeliveredEmails), typeof(ReferralDrafts),
    ];

    public static IServiceCollection AddWorkflows(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new ProductOptions());
        services.AddSingleton(PolicyBook.Default);
        services.AddSingleton(WorkingCalendar.EnglandAndWales);
        services.AddSingleton<TablePeopleDirectory>();
        services.AddSingleton<IPeopleDirectory>(provider => provider.GetRequiredService<TablePeopleDirectory>());
        services.AddSingleton<UnreadableRows>();
        services.AddSingleton<BrokenRecords>();
        services.AddSingleton<StreamStore>();
        services.AddSingleton<StreamVerifier>();
        services.AddSingleton(CaseFeatures.Model);
        services.AddSingleton<StreamModel<CaseState>>(CaseFeatures.Model);
        services.AddSingleton<IDecisionContexts<CaseState>, CaseContexts>();
        services.AddSingleton<IReactions<CaseState>, CaseReactions>();
        services.AddSingleton<CommandHandler<CaseState>>();
        services.AddSingleton<CaseQueries>();
        services.AddSingleton<CaseCommands>();
        services.AddSingleton<CaseHistory>();
        services.AddSingleton<OutboxIndex>();
        services.AddSingleton<CaseClock>();
        services.AddSingleton<OrchestrationStarter>();
        services.AddSingleton<OutboxHandlers>();
        services.AddSingleton<IOutboxHandler, StartOrchestrationHandler>();
        services.AddSingleton<IOutboxHandler, SignalOrchestrationHandler>();
        services.AddSingleton<IOutboxHandler, SubmitEmailHandler>();
        services.AddSingleton<IOutboxHandler, RefreshCaseloadHandler>();
        services.AddSingleton<SetAsideItems>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddSingleton<IApprovalLinks, ApprovalLinks>();
        services.AddSingleton(new EmailTemplates(CaseReactions.Table.EmailTemplates));
        services.AddSingleton<ProductMetrics>();
        services.AddSingleton<EmailComposer>();
        services.AddSingleton<EmailRateLimiter>();
        services.AddSingleton<EmailQueue>();
        services.AddSingleton<EmailDeliveries>();
        services.AddSingleton<EmailHandover>();
        services.AddSingleton<EmailSender>();
        services.AddSingleton<UndeliveredEmails>();
        services.AddSingleton<DeliveryReports>();
        services.AddSingleton<EmailQueueScheduler>();
        services.AddSingleton<CaseloadIndex>();
        services.AddSingleton<ReferralDrafts>();
        services.AddSingleton<TypedForms>();
        services.AddSingleton<ChangedCases>();
        services.AddAudit();
        services.AddSingleton<CaseloadRenewal>();
        services.AddSingleton<Sweep>();
        services.AddSingleton<AdminLogModel>();
        services.AddSingleton<StreamModel<AdminLogState>>(provider => provider.GetRequiredService<AdminLogModel>());
        services.AddSingleton<IDecisionContexts<AdminLogState>, AdminContexts>();
        services.AddSingleton<IReactions<AdminLogState>, NoReactions<AdminLogState>>();
        services.AddSingleton<CommandHandler<AdminLogState>>();
        services.AddSingleton<StoreAcceptance>();
        services.AddSingleton<AdminLog>();
        services.AddSingleton<EngineView>();
        services.AddSingleton<AdminActions>();
        return services;
    }

    private static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<CheckpointIndex>();
        services.AddSingleton<CheckpointWriter>();
        services.AddSingleton<EarlyCheckpoints>();
        services.AddSingleton<StoreLoss>();
        foreach (var list in StoredRows) services.AddSingleton(provider => (IStoredRows)provider.GetRequiredService(list));
        services.AddSingleton<CheckpointVerifier>();
        services.AddSingleton<Verifications>();
    }

    /// <summary>The orchestrations and their activities, for whichever engine the host has.</summary>
    public static void AddWorkflowTasks(DurableTaskRegistry registry)
    {
        OrchestrationCatalog.AddTo(registry);
        registry
            .AddOrchestrator<SendEmailQueue>()
            .AddOrchestrator<VerifyCheckpoints>()
            .AddActivity<SendQueuedEmails>()
            .AddActivity<VerifyCheckpoint>();
    }
}
