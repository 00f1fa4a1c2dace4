using System.Text;

namespace MappaFlows.Local.Hosting;

/// <summary>What tools and tests read in Development on this machine. Every other request gets 404.</summary>
internal static class DevelopmentEndpoints
{
    private const int MostEmails = 1_000;

    public static void MapDevelopment(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dev").AllowAnonymous().ExcludeFromDescription().AddEndpointFilter(async (context, next) =>
            OwnMachine.IsAsking(context.HttpContext) ? await next(context) : Results.NotFound());
        group.MapGet("/people", PeopleAsync);
        group.MapGet("/mailbox.json", MailAsync);
        group.MapGet("/mailbox/{id}/attachments/{number:int}", AttachmentAsync);
    }

    private static async Task<IResult> PeopleAsync(IPeopleDirectory people, CancellationToken cancellationToken) =>
        Results.Json((await people.AllAsync(cancellationToken)).Select(person => new
        {
            person.Id,
            person.Name,
            person.Email,
            Agency = person.AgencyId,
            Area = person.AreaCode,
            Roles = person.Roles.Select(role => role.ToString()),
        }));

    /// <summary>Emails, the newest first. Where there are more, the header Link leads to the next page.</summary>
    private static async Task<IResult> MailAsync(
        LocalMailbox mailbox,
        HttpResponse response,
        CancellationToken cancellationToken,
        string? after = null)
    {
        if (after is not null && !LocalMailbox.IsContinuation(after)) return Results.NotFound();
        var page = await mailbox.ListAsync(MostEmails, after, cancellationToken);
        if (page.Continuation is { } older) response.Headers.Link = $"</dev/mailbox.json?after={older}>; rel=\"next\"";
        return Results.Json(page.Emails.Select(mail => new
        {
            Id = mail.Id.ToString("N"),
            mail.At,
            mail.Email.To,
            mail.Email.Subject,
            mail.Email.Text,
            mail.Email.Links,
            mail.Email.Attachments,
        }));
    }

    private static async Task<IResult> AttachmentAsync(string id, int number, LocalMailbox mailbox, CancellationToken cancellationToken) =>
        Guid.TryParseExact(id, "N", out var operation)
        && await mailbox.FindAsync(operation, cancellationToken) is { } mail
        && mail.Email.Attachments.ElementAtOrDefault(number) is { } attachment
            ? Results.File(Encoding.UTF8.GetBytes(attachment.Content), attachment.ContentType, attachment.Name)
            : Results.NotFound();
}
