namespace MappaFlows.Web.Tests.Shell;

/// <summary>One shell in Development, with nobody signed in, for all tests of a class: none of them changes anything in it.</summary>
public sealed class DefaultShell : IAsyncLifetime
{
    public ShellHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await ShellHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
