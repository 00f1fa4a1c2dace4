namespace MappaFlows.Web.Api;

/// <summary>A property of a case's document.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Of">Its value; null where it is absent.</param>
public sealed record CaseDocumentPart(string Name, Type Type, Func<CaseView, object?> Of);

/// <summary>Makes the documents that the API shows of cases.</summary>
/// <param name="parts">What the features add to each.</param>
public sealed class CaseDocuments(IReadOnlyList<CaseDocumentPart> parts, TimeProvider time)
{
    public IReadOnlyList<CaseDocumentPart> Parts => parts;

    public CaseDocument Of(CaseView view)
    {
        var now = time.GetUtcNow();
        var state = view.Case;
        var least = new CaseDocument
        {
            Reference = state.Reference,
            Scope = view.Scope,
            Stage = state.Stage,
            Subject = SubjectDocument.Of(state.Referral.Subject),
            Area = state.AreaCode,
            LeadAgency = state.LeadAgencyId,
            Obligations = [.. view.Timetable.Obligations.Select(obligation => ObligationDocument.Of(obligation, now))],
            Parts = PartsOf(view),
        };
        if (!view.ShowsReferral) return least;

        var referral = least with { Category = state.Category, ReferrerId = state.ReferrerId, ReferredAt = state.ReferredAt };
        return view.IsWhole ? referral with { Version = state.Version, Level = state.Level, LevelSince = state.LevelSince } : referral;
    }

    private Dictionary<string, object> PartsOf(CaseView view)
    {
        var values = new Dictionary<string, object>();
        foreach (var part in parts)
        {
            if (part.Of(view) is { } value) values[part.Name] = value;
        }

        return values;
    }
}
