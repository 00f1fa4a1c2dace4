namespace MappaFlows.Workflows.Orchestrations;

/// <summary>What an orchestration knows of its case: the reference, and nothing of the person.</summary>
public sealed record CaseInput(string Reference)
{
    public CaseInstanceIds Instances => new(CaseReference.Parse(Reference));
}

/// <summary>One request for approval of one disclosure.</summary>
public sealed record ApprovalInput(string Reference, int Disclosure, int Request);
