using System.Text.Json.Serialization;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>What an orchestration knows of its case: the reference, and nothing of the person.</summary>
public sealed record CaseInput(string Reference)
{
    [JsonIgnore]
    public CaseInstanceIds Instances => new(CaseReference.Parse(Reference));
}
