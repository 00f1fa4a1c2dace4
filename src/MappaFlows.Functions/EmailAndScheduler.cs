using MappaFlows.Workflows.Email;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
#if INCLUDE_EMAIL_AND_SCHEDULER
using MappaFlows.Functions.Email;
#endif

namespace MappaFlows.Functions;

/// <summary>
/// The sender of emails and the Durable Task Scheduler, whose packages not every feed has. Only a build with the property
/// <c>IncludeEmailAndScheduler</c> has them, as every deployment is (docs/adr/0013-azure-app-in-every-build.md).
/// </summary>
internal static class EmailAndScheduler
{
#if INCLUDE_EMAIL_AND_SCHEDULER
    public static bool AreIncluded => true;

    public static IServiceCollection AddEmailAndScheduler(this IServiceCollection services, IConfiguration configuration) =>
        services.AddAcsEmail(configuration);
#else
    public static bool AreIncluded => false;

    /// <exception cref="InvalidOperationException">The settings ask for what this build lacks.</exception>
    public static IServiceCollection AddEmailAndScheduler(this IServiceCollection services, IConfiguration configuration)
    {
        if (!string.IsNullOrEmpty(configuration["Email:Endpoint"]))
            throw Lacking("Email:Endpoint", "email");
        if (configuration["AzureFunctionsJobHost:extensions:durableTask:storageProvider:type"] == "azureManaged")
            throw Lacking("AzureFunctionsJobHost:extensions:durableTask:storageProvider:type", "the Durable Task Scheduler");
        return services.AddSingleton<IEmailTransport, NoSender>();
    }

    private static InvalidOperationException Lacking(string setting, string what) => new(
        $"The setting {setting} asks for {what}, which this build leaves out: build src/MappaFlows.Functions by itself, or with -p:IncludeEmailAndScheduler=true.");

    /// <summary>Leaves every email waiting, where an administrator sees it.</summary>
    private sealed class NoSender : IEmailTransport
    {
        public Task<SendOutcome> SendAsync(OutgoingEmail email, Guid operationId, CancellationToken cancellationToken) =>
            Task.FromResult<SendOutcome>(new SendOutcome.NotAllowed("This build has no sender of emails"));
    }
#endif
}
