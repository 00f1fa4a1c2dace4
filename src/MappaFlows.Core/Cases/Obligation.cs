namespace MappaFlows.Core.Cases;

/// <summary>Something a case waits for: who owes it, by when, by which rule, and when the clock steps in.</summary>
/// <param name="Number">Which one of its kind, such as a meeting's number; null where there is only one.</param>
/// <param name="Due">When it is due; null where no clock runs.</param>
/// <param name="Owner">Who owes it.</param>
public sealed record Obligation(ObligationKind Kind, int? Number, Deadline? Due, ObligationOwner Owner)
{
    /// <summary>When those who owe it are reminded, if it is not done; null for never.</summary>
    public DateTimeOffset? RemindAt { get; init; }

    /// <summary>When others are asked or notified too; null for never.</summary>
    public DateTimeOffset? EscalateAt { get; init; }

    /// <summary>When its time is over and its feature says what follows; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it counts as not done, if the case closes before it is.</summary>
    public AtClosing AtClosing { get; init; }

    /// <summary>Whether its reminder says that the case closes with things undone: without such things there is none.</summary>
    public bool WarnsOfUndone { get; init; }

    /// <summary>Whether something is arranged by which it will be met. It stays owed until it is done.</summary>
    public bool IsArranged { get; init; }

    public bool IsReminded { get; init; }

    public bool IsEscalated { get; init; }

    /// <summary>When it was escalated; null before.</summary>
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>When its people are told again that it is still not done; null before it is escalated.</summary>
    public DateTimeOffset? RepeatAt { get; init; }

    /// <summary>
    /// When the clock still has to remind. A reminder at or after the due time is none, nor is one after a due time that was escalated.
    /// </summary>
    public DateTimeOffset? ToRemindAt
    {
        get
        {
            var comesBeforeDue = RemindAt < (Due?.At ?? DateTimeOffset.MaxValue);
            var escalatedWhenDue = IsEscalated && EscalateAt >= Due?.At;
            return comesBeforeDue && !IsReminded && !escalatedWhenDue ? RemindAt : null;
        }
    }

    /// <summary>When the clock still has to escalate, or to say again that it is not done.</summary>
    public DateTimeOffset? ToEscalateAt => IsEscalated ? RepeatAt : EscalateAt;

    /// <summary>When the clock has something to do next; null for never, as things stand.</summary>
    public DateTimeOffset? NextStepAt => new[] { ToRemindAt, ToEscalateAt, ExpiresAt }.Min();
}

/// <summary>When an obligation counts as not done in a case that closes.</summary>
public enum AtClosing
{
    /// <summary>When it is due by then.</summary>
    IfDue,

    /// <summary>Always: it was begun, or someone waits for it.</summary>
    Always,

    /// <summary>Never: another obligation stands for it.</summary>
    Never,
}

/// <summary>Who owes something: one person, or all who hold a role in the area; the clock itself where both are null.</summary>
/// <param name="DeputyId">Who was asked too, since the person did not do it in time; null before that.</param>
public sealed record ObligationOwner(Role? Role, string? PersonId = null, string? DeputyId = null)
{
    public static ObligationOwner Clock { get; } = new(null, null);
}
