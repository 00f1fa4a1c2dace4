using System.Globalization;
using Azure;
using Azure.Communication.Email;
using Microsoft.Extensions.Options;

namespace MappaFlows.Functions.Email;

/// <summary>Hands one email to Azure Communication Services, once. Waiting, trying again and giving up are the ledger's work.</summary>
public sealed class AcsEmailSender(EmailClient client, IOptions<EmailOptions> options)
{
    /// <summary>A client whose own retries are off: a silent retry of a 429 looks like a hang, and the wait would show nowhere.</summary>
    public static EmailClientOptions ClientOptions() => new()
    {
        Retry = { MaxRetries = 0, NetworkTimeout = TimeSpan.FromSeconds(30) },
        Diagnostics = { IsLoggingContentEnabled = false },
    };

    /// <param name="email">The message.</param>
    /// <param name="operationId">The same for every try of the same notification, so that the service can tell a repeat.</param>
    /// <param name="cancellationToken">A cancelled send may still have been accepted.</param>
    public async Task<SendOutcome> SendAsync(OutgoingEmail email, Guid operationId, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendAsync(WaitUntil.Started, Message(email), operationId, cancellationToken);
            return new SendOutcome(SendAnswer.Accepted, "Accepted");
        }
        catch (RequestFailedException failure)
        {
            return Outcome(failure);
        }
        catch (AggregateException failure) when (failure.InnerException is RequestFailedException inner)
        {
            // How the SDK reports a connection that broke when it was told not to try again.
            return Outcome(inner);
        }
    }

    EmailMessage Message(OutgoingEmail email)
    {
        var content = new EmailContent(email.Subject) { PlainText = email.PlainText, Html = email.Html };
        var message = new EmailMessage(options.Value.Sender, new EmailRecipients([new EmailAddress(email.To)]), content)
        {
            // Whether and when a message is opened is nobody's business.
            UserEngagementTrackingDisabled = true,
        };
        foreach (var attachment in email.Attachments)
            message.Attachments.Add(new EmailAttachment(attachment.Name, attachment.ContentType, BinaryData.FromBytes(attachment.Content)));
        return message;
    }

    static SendOutcome Outcome(RequestFailedException failure)
    {
        var reason = failure.Status == 0
            ? "The connection broke"
            : string.Create(CultureInfo.InvariantCulture, $"HTTP {failure.Status} {failure.ErrorCode}").TrimEnd();
        return failure.Status switch
        {
            409 or 412 => new SendOutcome(SendAnswer.AcceptedBefore, reason),
            429 => new SendOutcome(SendAnswer.Throttled, reason, RetryAfter(failure.GetRawResponse())),
            0 or 408 or >= 500 => new SendOutcome(SendAnswer.Unknown, reason, RetryAfter(failure.GetRawResponse())),
            401 or 403 => new SendOutcome(SendAnswer.NotAllowed, reason),
            _ => new SendOutcome(SendAnswer.Refused, reason),
        };
    }

    static TimeSpan? RetryAfter(Response? response)
    {
        if (response is null || !response.Headers.TryGetValue("Retry-After", out var value))
            return null;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(seconds);
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)
            && response.Headers.Date is { } now && until > now
            ? until - now
            : null;
    }
}
