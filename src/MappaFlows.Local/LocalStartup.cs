using MappaFlows.DurableTask.Embedded;
using MappaFlows.Tables;
using MappaFlows.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.OpenApi;

namespace MappaFlows.Local;

/// <summary>The whole product in one process: web, engine, store and mailbox.</summary>
public static class LocalStartup
{
    /// <summary>Adds everything to a host that has read its configuration.</summary>
    public static void Add(WebApplicationBuilder builder, LocalOptions options, ITableStore store)
    {
        var services = builder.Services;
        builder.WebHost.UseUrls(options.Urls.Split(';'));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

        var clock = new MovableClock(Path.Combine(options.Data, "clock.json"));
        services.AddSingleton(clock);
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<TimeMachine>();
        services.AddSingleton(store);
        services.AddSingleton(options);
        services.AddSingleton(new ProductOptions
        {
            PublicUrl = options.PublicUrl,
            EmailsInWorkingHours = builder.Configuration.GetValue("Email:InWorkingHours", defaultValue: true),
        });
        services.AddSingleton<ICheckpointStore>(new FolderCheckpointStore(CheckpointFolder.Of(options)));
        services.AddSingleton<LocalMailbox>();
        services.AddSingleton<IEmailTransport>(provider => provider.GetRequiredService<LocalMailbox>());
        services.AddWorkflows();

        services.AddSingleton<DemoSeeder>();
        services.AddSingleton<DemoService>();
        services.AddSingleton<IDemoNotice>(provider => provider.GetRequiredService<DemoService>());

        // Started in this order and stopped in the other: the engine, the demo's cases, the sweep; the web server comes last.
        services.AddEmbeddedDurableTask(store, WorkflowServices.AddWorkflowTasks);
        services.AddSingleton<IEngineOperations, EmbeddedOperations>();
        services.AddHostedService(provider => provider.GetRequiredService<DemoService>());
        services.AddHostedService<SweepService>();

        // Forms and sessions outlive a restart.
        services.AddDataProtection()
            .SetApplicationName("MappaFlows.Local")
            .PersistKeysToFileSystem(new(OwnerOnly.Folder(Path.Combine(options.Data, "keys"))));
        services.AddLocalSignIn();
        services.ConfigureAll<OpenApiOptions>(LocalDescription.Configure);
        services.AddSingleton<IClockNotice, ClockNotice>();
        var health = services.AddStoreHealth().AddCheck<EngineHealth>("engine");
        if (store is SqliteTableStore sqlite)
        {
            services.AddSingleton(new StoreLog(() => sqlite.LogBytes));
            health.AddCheck<StoreLogHealth>("log");
        }

        services.AddMappaFlowsWeb(shell =>
        {
            shell.Navigation.Add(new("Mailbox", "/dev/mailbox", _ => builder.Environment.IsDevelopment()));
            shell.Navigation.Add(new("Clock", "/dev/clock", _ => builder.Environment.IsDevelopment()));
        }).AddApplicationPart(typeof(LocalStartup).Assembly);
    }

    /// <summary>Sets up the pipeline.</summary>
    public static void Use(WebApplication app) => app.UseMappaFlowsWeb(routes =>
    {
        routes.MapDevelopment();
        routes.MapHealth();
    });
}
