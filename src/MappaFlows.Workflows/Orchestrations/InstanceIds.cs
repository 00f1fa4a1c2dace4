using MappaFlows.Core.Cases;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>The ids of a case's orchestrations: made of its reference, so that starting one twice is starting it once.</summary>
public readonly record struct InstanceIds(CaseReference Reference)
{
    public string Lifecycle => Reference.ToString();

    public string Screening => $"{Reference}-screening";

    public string Review => $"{Reference}-review";

    public string Exit => $"{Reference}-exit";

    public string Approval(int disclosure, int request) => $"{Reference}-disclosure-{disclosure}-{request}";
}
