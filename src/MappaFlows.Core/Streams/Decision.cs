namespace MappaFlows.Core.Streams;

/// <summary>What a decision is made with besides the case and the command: who asks, when, and the rules of that day.</summary>
/// <param name="People">The people of the case's area.</param>
public sealed record DecisionContext(
    Person Actor,
    DateTimeOffset Now,
    PolicyBook Policy,
    WorkingCalendar Calendar,
    IReadOnlyList<Person> People)
{
    /// <summary>The day it is in London.</summary>
    public DateOnly Today => LondonTime.Today(Now);
}

/// <summary>What came of a command: the events it makes, or the problems that stand against it.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>The command stands. No events: there was nothing left to do.</summary>
    public sealed record Accepted(IReadOnlyList<CaseEvent> Events) : Decision;

    /// <summary>The command is refused, and nothing changes.</summary>
    public sealed record Refused(RefusalKind Kind, IReadOnlyList<Problem> Problems) : Decision;

    public static Decision Accept(params IReadOnlyList<CaseEvent> events) => new Accepted(events);

    /// <summary>Fields are missing or wrong (422).</summary>
    public static Decision Invalid(params IReadOnlyList<Problem> problems) => new Refused(RefusalKind.Invalid, problems);

    /// <summary>One field is missing or wrong (422).</summary>
    public static Decision Invalid(string field, string message) => Invalid(new Problem(field, message));

    /// <summary>The person has no right to do this (403).</summary>
    public static Decision Forbidden(string message) => new Refused(RefusalKind.Forbidden, [new("", message)]);

    /// <summary>The case has moved on, or is not at the stage for this (409).</summary>
    public static Decision Conflict(string message) => Conflict("", message);

    /// <summary>What one field says of the case is not so any more (409).</summary>
    public static Decision Conflict(string field, string message) => new Refused(RefusalKind.Conflict, [new(field, message)]);
}

/// <summary>Why a command was refused.</summary>
public enum RefusalKind
{
    Invalid,
    Forbidden,
    Conflict,
    NotFound,
}

/// <summary>One thing that is wrong, in words for the person who can mend it.</summary>
/// <param name="Field">The command's property, such as <c>Dates.SentenceExpiry</c>; empty where it is no single field.</param>
public sealed record Problem(string Field, string Message);
