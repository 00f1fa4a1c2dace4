using MappaFlows.Local.Hosting;
using MappaFlows.Local.Options;
using Microsoft.Extensions.Configuration;

namespace MappaFlows.Local.Tests.Options;

public sealed class LocalOptionsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:7071", "http://127.0.0.1:7071")]
    [InlineData("http://127.0.0.1:7071/", "http://127.0.0.1:7071")]
    [InlineData("http://localhost:7071//", "http://localhost:7071")]
    [InlineData("https://localhost:7443/;http://localhost:7071/", "https://localhost:7443")]
    [InlineData("http://localhost:7071;", "http://localhost:7071")]
    [InlineData(" http://localhost:7071 ", "http://localhost:7071")]
    [InlineData("http://*:7071/", "http://localhost:7071")]
    [InlineData("http://+:7071", "http://localhost:7071")]
    [InlineData("http://0.0.0.0:7071", "http://localhost:7071")]
    [InlineData("http://[::]:7071", "http://localhost:7071")]
    public void Links_lead_to_the_first_address(string urls, string link) => Assert.Equal(link, From(urls).PublicUrl);

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://localhost:0/")]
    [InlineData("http://[::1]:0")]
    public void A_port_of_0_is_one_that_is_free(string urls)
    {
        var options = From(urls).WithOwnPorts();
        Assert.Equal(options.Urls, options.PublicUrl);
        Assert.NotEqual(0, new Uri(options.PublicUrl).Port);
    }

    [Theory]
    [InlineData("http://127.0.0.1:7071/mappaflows")]
    [InlineData("7071")]
    [InlineData("ftp://127.0.0.1")]
    public void An_address_that_cannot_be_listened_at_is_said(string urls) =>
        Assert.Contains("--urls", Assert.Throws<OptionException>(() => From(urls)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("GET http://127.0.0.1:7071/decide/MF-1/1?link=secret - - -", "GET http://127.0.0.1:7071/decide/MF-1/1?… - - -")]
    [InlineData("redirecting to /sign-in?returnUrl=%2Fdecide%2FMF-1%2F1%3Flink%3Dsecret.", "redirecting to /sign-in?…")]
    [InlineData("the path '/decide%2FMF-1%2F1%3Flink%3Dsecret'", "the path '/decide%2FMF-1%2F1?…'")]
    [InlineData("link=secret", "?…")]
    [InlineData("Is it well? It is.", "Is it well? It is.")]
    public void A_line_of_the_log_has_no_query(string line, string clean) => Assert.Equal(clean, CleanConsole.Clean(line));

    private static LocalOptions From(string urls) =>
        LocalOptions.From(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Urls", (string?)urls)]).Build());
}
