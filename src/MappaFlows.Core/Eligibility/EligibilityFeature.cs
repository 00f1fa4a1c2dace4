namespace MappaFlows.Core.Eligibility;

/// <summary>
/// Keeps the bases of a case. They come with the events of other features: an acceptance, a new sentence, a date that changed.
/// </summary>
public static class EligibilityFeature
{
    public static void Register(CaseModel model) => model.State<EligibilityState>(version: 1);
}
