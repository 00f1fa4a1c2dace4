namespace MappaFlows.Core.Cases;

/// <summary>Something a case waits for: who owes it, by when, and by which rule.</summary>
/// <param name="Subject">Which one of its kind, such as a meeting's number; empty where there is only one.</param>
/// <param name="Due">When it is due; null where no clock runs.</param>
/// <param name="RemindAt">When those who owe it are reminded, if it is not done; null for never.</param>
/// <param name="Owner">The role that owes it.</param>
public sealed record Obligation(ObligationKind Kind, string Subject, Deadline? Due, DateTimeOffset? RemindAt, ObligationOwner Owner)
{
    /// <summary>Names this duty with its present date: a date that moves makes a new key, so that its people are reminded anew.</summary>
    public string Key => $"{Kind}/{Subject}/{Due?.At.UtcDateTime:yyyyMMddHHmm}";

    public bool IsDue(DateTimeOffset now) => Due is { } due && due.At <= now;

    public CasePart Part => Kind switch
    {
        ObligationKind.DecideScreening or ObligationKind.GiveInformation => CasePart.Screening,
        ObligationKind.DecideDisclosure or ObligationKind.MakeDisclosure or ObligationKind.ReviseDisclosure => CasePart.Disclosure,
        ObligationKind.ReviewBeforeExit or ObligationKind.ChangeCategory or ObligationKind.Exit => CasePart.Exit,
        _ => CasePart.Review,
    };
}

/// <summary>The kinds of things that people, or the clock, owe a case.</summary>
public enum ObligationKind
{
    DecideScreening,
    GiveInformation,
    HoldMeeting,
    RecordMeeting,
    SendMinutes,
    ReviewLevel1,
    DecideDisclosure,
    ReviseDisclosure,
    MakeDisclosure,
    ReviewBeforeExit,
    ChangeCategory,
    Exit,
}

/// <summary>Who owes a duty: one person, or all who hold a role in the area; the clock itself where both are null.</summary>
/// <param name="DeputyId">Whoever was asked too, since the person did not do it in time; null before that.</param>
public sealed record ObligationOwner(Role? Role, string? PersonId = null, string? DeputyId = null)
{
    public static ObligationOwner Clock { get; } = new(null, null);
}

/// <summary>The parts of a case's life that an orchestration watches each by itself.</summary>
public enum CasePart
{
    Screening,
    Review,
    Disclosure,
    Exit,
}
