using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Communication.Email;
using Azure.Identity;
using MappaFlows.Workflows.Email;
using Microsoft.Extensions.Options;

namespace MappaFlows.Functions.Email;

/// <summary>Hands one email to Azure Communication Services, once.</summary>
public sealed class AcsEmailTransport(EmailClient client, IOptions<EmailOptions> options) : IEmailTransport
{
    public EmailRateLimits Limits { get; } = new(options.Value.PerMinute, options.Value.PerHour);

    /// <summary>A client whose own retries are off: a silent retry of a 429 looks like a hang, and the wait would show nowhere.</summary>
    public static EmailClientOptions ClientOptions() => new()
    {
        Retry = { MaxRetries = 0, NetworkTimeout = TimeSpan.FromSeconds(30) },
        Diagnostics = { IsLoggingContentEnabled = false },
    };

    public async Task<SendOutcome> SendAsync(OutgoingEmail email, Guid operationId, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendAsync(WaitUntil.Started, Message(email), operationId, cancellationToken);
            return new SendOutcome.Accepted();
        }
        catch (RequestFailedException failure)
        {
            return Outcome(failure);
        }
        catch (AuthenticationFailedException)
        {
            return new SendOutcome.NotAllowed("The app could not sign in to the email service");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SendOutcome.Unknown("The service did not answer in time");
        }
        catch (Exception failure) when (failure is JsonException or ArgumentNullException)
        {
            // The client reads the body of a 202 only, so the email was taken. The next try, under the same id, makes sure.
            return new SendOutcome.Unknown("The answer could not be read");
        }
        catch (ArgumentException)
        {
            // The client looks at addresses and text before it sends. What it says may quote them.
            return new SendOutcome.Rejected("The address or the message is not valid");
        }
    }

    private EmailMessage Message(OutgoingEmail email)
    {
        var content = new EmailContent(email.Subject) { PlainText = email.Text };
        var message = new EmailMessage(options.Value.Sender, new EmailRecipients([new EmailAddress(email.To)]), content)
        {
            // Whether and when a message is opened is no one's business.
            UserEngagementTrackingDisabled = true,
        };
        foreach (var file in email.Attachments)
            message.Attachments.Add(new(file.Name, file.ContentType, BinaryData.FromBytes(Encoding.UTF8.GetBytes(file.Content))));
        return message;
    }

    private static SendOutcome Outcome(RequestFailedException failure)
    {
        var why = failure.Status == 0
            ? "The connection broke"
            : string.Create(CultureInfo.InvariantCulture, $"HTTP {failure.Status} {failure.ErrorCode}").TrimEnd();
        return failure.Status switch
        {
            409 or 412 => new SendOutcome.AcceptedBefore(),
            429 => new SendOutcome.Throttled(why, RetryAfter(failure.GetRawResponse())),
            0 or 408 or >= 500 => new SendOutcome.Unknown(why),
            401 or 403 => new SendOutcome.NotAllowed(why),
            _ => new SendOutcome.Rejected(why),
        };
    }

    private static TimeSpan? RetryAfter(Response? response)
    {
        if (response is null || !response.Headers.TryGetValue("Retry-After", out var value)) return null;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return TimeSpan.FromSeconds(seconds);
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)
            && response.Headers.Date is { } now && until > now
            ? until - now
            : null;
    }
}
