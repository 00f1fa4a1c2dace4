namespace MappaFlows.Core.Screening;

/// <summary>A coordinator's screening decision.</summary>
public sealed record DecideScreening : CaseCommand
{
    public ScreeningOutcome? Outcome { get; init; }

    /// <summary>The level accepted at; only with <see cref="ScreeningOutcome.Accept"/>.</summary>
    public ManagementLevel? Level { get; init; }

    /// <summary>The reasons, or the question asked.</summary>
    public string? Reasons { get; init; }
}

public enum ScreeningOutcome
{
    Accept,
    RequestInformation,
    Refuse,
}

/// <summary>The referrer's answer to a question.</summary>
public sealed record GiveInformation(string? Answer) : CaseCommand;
