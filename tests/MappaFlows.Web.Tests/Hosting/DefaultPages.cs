namespace MappaFlows.Web.Tests.Hosting;

/// <summary>One shell in Development, with nobody signed in, for all tests of a class: none of them changes anything in it.</summary>
public sealed class DefaultPages : IAsyncLifetime
{
    public PagesHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await PagesHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
