namespace MappaFlows.Web.Hosting;

/// <summary>The pages that emails lead to.</summary>
public sealed class EmailRoutes : IEmailRoutes
{
    public string PathOf(EmailTemplate template, EmailRequest request, string? token) => template.LeadsTo switch
    {
        _ when token is not null => Routes.DecideDisclosure(request.Reference, request.Number!.Value, token),
        EmailPage.Answer => Routes.Answer(request.Reference),
        EmailPage.Screening => Routes.Screening(request.Reference),
        EmailPage.Disclosure => Routes.Disclosure(request.Reference, request.Number!.Value),
        _ => Routes.Case(request.Reference),
    };
}
