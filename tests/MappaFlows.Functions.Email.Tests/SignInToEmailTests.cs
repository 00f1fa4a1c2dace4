using Azure.Communication.Email;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using MappaFlows.Workflows.Email;
using Microsoft.Extensions.Options;

namespace MappaFlows.Functions.Email.Tests;

/// <summary>The client signs in with a token, as in Azure, where no key exists.</summary>
public sealed class SignInToEmailTests : IAsyncLifetime
{
    private static readonly Guid Operation = new("5e1d0bd1-6d0f-4f0f-9d8e-000000000002");
    private static readonly OutgoingEmail Email = new("reader@example.test", "A decision is asked of you", "Reference M-1", [], []);

    private readonly Identity _identity = new();
    private FakeEmailService _service = null!;

    public async ValueTask InitializeAsync() => _service = await FakeEmailService.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task The_identitys_token_for_Communication_Services_goes_with_the_email()
    {
        Assert.IsType<SendOutcome.Accepted>(await SendAsync());

        Assert.Equal("Bearer token 1", Assert.Single(_service.Requests).Authorization);
        Assert.Equal("https://communication.azure.com//.default", Assert.Single(_identity.Asked));
    }

    [Fact]
    public async Task A_token_that_is_refused_is_not_allowed_and_the_email_is_not_posted_again()
    {
        _service.AnswerOnce(401, ("WWW-Authenticate", "Bearer"));

        Assert.IsType<SendOutcome.NotAllowed>(await SendAsync());
        Assert.Single(_service.Requests);
    }

    [Fact]
    public async Task A_token_that_was_revoked_is_replaced_and_the_email_goes_under_the_same_operation_id()
    {
        var claims = Convert.ToBase64String("""{"access_token":{"nbf":{"essential":true,"value":"1"}}}"""u8);
        _service.AnswerOnce(401, ("WWW-Authenticate", $"Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{claims}\""));

        Assert.IsType<SendOutcome.Accepted>(await SendAsync());

        Assert.Equal(["Bearer token 1", "Bearer token 2"], _service.Requests.Select(request => request.Authorization));
        Assert.All(_service.Requests, request => Assert.Equal(Operation.ToString(), request.OperationId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_identity_that_cannot_sign_in_stops_the_queue_and_loses_no_email(bool isThere)
    {
        _identity.Failure = isThere ? new AuthenticationFailedException("reader of secrets") : new CredentialUnavailableException("no identity here");

        Assert.Equal("The app could not sign in to the email service", Assert.IsType<SendOutcome.NotAllowed>(await SendAsync()).Reason);
        Assert.Empty(_service.Requests);
    }

    private async Task<SendOutcome> SendAsync()
    {
        using var wire = new HttpClient(new PlainWire(_service.Address));
        var options = AcsEmailTransport.ClientOptions();
        options.Transport = new HttpClientTransport(wire);
        var client = new EmailClient(new Uri("https://email.example.test"), _identity, options);
        return await new AcsEmailTransport(client, Options.Create(new EmailOptions { Sender = "case-updates@example.test" }))
            .SendAsync(Email, Operation, TestContext.Current.CancellationToken);
    }

    /// <summary>A token goes over https only. Here the wire ends at a service on loopback that has no certificate.</summary>
    private sealed class PlainWire(Uri service) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(service, request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>An identity that gives a new token each time, or fails.</summary>
    private sealed class Identity : TokenCredential
    {
        private int _tokens;

        public List<string> Asked { get; } = [];

        public Exception? Failure { get; set; }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            if (Failure is not null) throw Failure;
            Asked.AddRange(requestContext.Scopes);
            return new($"token {++_tokens}", DateTimeOffset.UtcNow.AddHours(1));
        }
    }
}
