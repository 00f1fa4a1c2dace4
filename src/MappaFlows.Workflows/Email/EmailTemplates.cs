namespace MappaFlows.Workflows.Email;

/// <summary>The words of every email, by name.</summary>
public sealed class EmailTemplates(IEnumerable<EmailTemplate> templates)
{
    private readonly Dictionary<string, EmailTemplate> _templates = templates.ToDictionary(
        template => template.Name,
        StringComparer.Ordinal);

    public EmailTemplate Of(EmailRequest request) => _templates.TryGetValue(request.Template, out var template)
        ? template
        : throw new InvalidOperationException($"There are no words for {request.Template}.");

    /// <summary>The subject, also of an email that waits since its words were removed.</summary>
    public string SubjectOf(EmailRequest request) =>
        _templates.TryGetValue(request.Template, out var template) ? template.SubjectFor(request.Reference) : $"{request.Template}: {request.Reference}";
}
