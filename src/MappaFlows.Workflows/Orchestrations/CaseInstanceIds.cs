using System.Globalization;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>The ids of a case's orchestrations: made of its reference, so that starting one twice is starting it once.</summary>
public readonly record struct CaseInstanceIds(CaseReference Reference)
{
    public string Lifecycle => Reference.ToString();

    public string Screening => $"{Reference}-screening";

    public string Review => $"{Reference}-review";

    public string Exit => $"{Reference}-exit";

    /// <summary>The id of the check that an administrator began, by the number of the log entry.</summary>
    public static string VerifyCheckpoints(long entry) => string.Create(CultureInfo.InvariantCulture, $"checkpoint-verification-{entry}");

    /// <summary>That of what follows from the answer to a request.</summary>
    public string FollowUp(int disclosure, int request) => $"{Approval(disclosure, request)}-after";

    public string Approval(int disclosure, int request) => $"{Reference}-disclosure-{disclosure}-{request}";
}
