using System.Globalization;
using System.Net.Sockets;
using MappaFlows.DurableTask.Embedded;
using MappaFlows.Local.Hosting;
using MappaFlows.Tables;
using Microsoft.Extensions.Options;

namespace MappaFlows.Local;

/// <summary>Runs the product until it is asked to stop, and says in plain words what happens and what went wrong.</summary>
public static class LocalHost
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int BadOptions = 2;

    /// <returns>The exit code: 0 done, 1 failed, 2 wrong options.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        try
        {
            return await CommandLine.RunAsync(arguments, RunAsync);
        }
        catch (OptionException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return BadOptions;
        }
        catch (OptionsValidationException exception)
        {
            await Console.Error.WriteLineAsync(string.Join(' ', exception.Failures));
            return BadOptions;
        }
        catch (InvalidOperationException exception) when (exception.Source == "Microsoft.Extensions.Configuration.Binder")
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return BadOptions;
        }
        catch (Exception exception) when (
            exception is TableStoreException or IOException or UnauthorizedAccessException or InvalidDataException or StoreException)
        {
            await Console.Error.WriteLineAsync(Explain(exception));
            return Failed;
        }
    }

    private static async Task<int> RunAsync(IReadOnlyDictionary<string, string?> settings)
    {
        // Settings lie beside the program; the data lie where one is.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = settings.GetValueOrDefault("Environment"),
        });
        builder.Configuration.AddInMemoryCollection(settings);
        var options = LocalOptions.From(builder.Configuration).WithOwnPorts();
        builder.Logging.ClearProviders().AddCleanConsole();
        if (options.Backup is { } file) return await BackUpAsync(options, file);

        if (builder.Environment.IsDevelopment() && options.UrlsBeyondThisMachine.FirstOrDefault() is { } url)
        {
            throw new OptionException(
                $"{url} can be reached from other machines. In Development anyone can sign in as anyone, so MappaFlows listens on 127.0.0.1, [::1] or localhost only.");
        }

        CreateDataFolder(options.Data);
        await using var opened = await OpenedStore.OpenAsync(options);
        var wasEmpty = await StoreFormat.CheckAsync(opened.Store, options.Data);
        await LostStore.CheckAsync(opened.Store, options, wasEmpty);
        LocalStartup.Add(builder, options, opened.Store);
        await using var app = builder.Build();
        LocalStartup.Use(app);
        await app.StartAsync();
        if (options.AcceptStore is { } why) await app.Services.GetRequiredService<StoreAcceptance>().RecordAsync(why);
        Introduce(app, options, opened);
        await app.WaitForShutdownAsync();
        return Done;
    }

    private static async Task<int> BackUpAsync(LocalOptions options, string file)
    {
        var path = OpenedStore.SqlitePath(options.Data);
        if (!File.Exists(path)) throw new StoreException($"There is no store to back up in {options.Data}.");
        await using var store = new SqliteTableStore(path);
        await store.BackupAsync(file);
        Console.WriteLine($"The store was copied to {file}.");
        return Done;
    }

    /// <summary>The folder holds personal data: on systems that know such rights, it is for its owner alone.</summary>
    private static void CreateDataFolder(string folder)
    {
        // A folder that was there may be someone's for more than this: its rights are theirs to choose.
        if (!Directory.Exists(folder)) OwnerOnly.Folder(folder);
    }

    private static void Introduce(WebApplication app, LocalOptions options, OpenedStore opened)
    {
        var address = app.Urls.First();
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        Console.WriteLine($"MappaFlows is at {address}");
        if (app.Environment.IsDevelopment())
        {
            Console.WriteLine($"  Sign in   {address}/sign-in (choose a made-up person)");
            Console.WriteLine($"  Mailbox   {address}/dev/mailbox (every email that was sent)");
            Console.WriteLine($"  Clock     {address}/dev/clock (now {now.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC; it can be moved forward)");
        }
        else
        {
            Console.WriteLine($"  No one can sign in: choosing a person works in Development only, and this is {app.Environment.EnvironmentName}.");
        }

        Console.WriteLine($"  API       {address}/openapi/v1.json");
        Console.WriteLine($"  Data      {options.Data} ({opened.Description})");
        if (!app.Services.GetRequiredService<IEmbeddedEngine>().IsActive)
            Console.WriteLine("  Another MappaFlows works on the same data. This one answers requests, and takes over the timers when the other is gone.");
        Console.WriteLine("Press Ctrl+C to stop.");
    }

    private static string Explain(Exception exception) => exception switch
    {
        IOException when exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException or SocketException =>
            $"{exception.Message} Stop what runs there, or choose another address with --urls.",
        _ => exception.Message,
    };
}
