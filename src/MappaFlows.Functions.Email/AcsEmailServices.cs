using Azure.Communication.Email;
using Azure.Identity;
using MappaFlows.Workflows.Email;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MappaFlows.Functions.Email;

public static class AcsEmailServices
{
    /// <summary>The email service of emails, signing in as the app's managed identity.</summary>
    public static IServiceCollection AddAcsEmail(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<EmailOptions>(configuration.GetSection(EmailOptions.Section));
        services.AddSingleton(provider => new EmailClient(
            provider.GetRequiredService<IOptions<EmailOptions>>().Value.Endpoint
                ?? throw new InvalidOperationException("The setting Email:Endpoint is missing: the address of the Communication Services resource."),
            new DefaultAzureCredential(),
            AcsEmailTransport.ClientOptions()));
        return services.AddSingleton<IEmailTransport, AcsEmailTransport>();
    }
}
