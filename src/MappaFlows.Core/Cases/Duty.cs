using MappaFlows.Core.People;
using MappaFlows.Core.Policy;

namespace MappaFlows.Core.Cases;

/// <summary>Something a case waits for: who owes it, by when, and by which rule.</summary>
/// <param name="Subject">Which one of its kind, such as a meeting's number; empty where there is only one.</param>
/// <param name="Due">When it is due; null where no clock runs.</param>
/// <param name="RemindAt">When those who owe it are reminded, if it is not done; null for never.</param>
/// <param name="Owner">The role that owes it.</param>
public sealed record Duty(DutyKind Kind, string Subject, DueDate? Due, DateTimeOffset? RemindAt, DutyOwner Owner)
{
    /// <summary>Names this duty with its present date: a date that moves makes a new key, so that its people are reminded anew.</summary>
    public string Key => $"{Kind}/{Subject}/{Due?.At.UtcDateTime:yyyyMMddHHmm}";

    public ClockPart Part => Kind switch
    {
        DutyKind.DecideScreening or DutyKind.GiveInformation => ClockPart.Screening,
        DutyKind.DecideDisclosure or DutyKind.MakeDisclosure or DutyKind.ReviseDisclosure => ClockPart.Disclosure,
        DutyKind.ReviewBeforeExit or DutyKind.ChangeCategory or DutyKind.Exit => ClockPart.Exit,
        _ => ClockPart.Review,
    };
}

/// <summary>The kinds of things that people, or the clock, owe a case.</summary>
public enum DutyKind
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
public sealed record DutyOwner(Role? Role, string? PersonId = null)
{
    public static DutyOwner Clock { get; } = new(null, null);
}

/// <summary>The parts of a case's life that an orchestration watches each by itself.</summary>
public enum ClockPart
{
    Screening,
    Review,
    Disclosure,
    Exit,
}
