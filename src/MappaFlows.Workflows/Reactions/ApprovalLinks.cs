using System.Buffers.Text;
using System.Security.Cryptography;

namespace MappaFlows.Workflows.Reactions;

/// <summary>
/// Links to a decision. A token is 256 random bits, made when the email is sent; the case keeps its hash, and nothing keeps the token.
/// It is a pointer, not a credential: it opens a sign-in.
/// </summary>
public sealed class ApprovalLinks(CommandHandler<CaseState> handler) : IApprovalLinks
{
    private const int TokenBytes = 32;

    /// <summary>Makes a token for the recipient and keeps its hash in the case.</summary>
    /// <inheritdoc/>
    public async Task<string?> IssueAsync(EmailRequest request, CancellationToken cancellationToken)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var command = new IssueApprovalLink(request.Number!.Value, request.Request!.Value, HashOf(token), request.To.PersonId!);
        var result = await handler.ExecuteAsync(Person.Clock, request.Reference.ToString(), command, key: null, cancellationToken);
        return result is CommandResult<CaseState>.Done ? token : null;
    }

    /// <summary>SHA-256 of a token as it stands in a link, in hexadecimal.</summary>
    public static string HashOf(string token) => Hashing.OfText(token);
}
