using MappaFlows.Core.Cases;
using MappaFlows.Workflows.Email;

namespace MappaFlows.Testing.Product;

/// <summary>Addresses that say which page an email leads to.</summary>
public sealed class PlainEmailRoutes : IEmailRoutes
{
    public string PathOf(EmailTemplate template, EmailRequest request, string? token) => token is null
        ? $"/cases/{request.Reference}/{template.LeadsTo?.Name.ToLowerInvariant() ?? "case"}"
        : $"/decide/{request.Reference}/{request.Number}?link={token}";

    public string Title(ObligationKind kind, int? number) => $"{kind.Name} {number}".Trim();
}
