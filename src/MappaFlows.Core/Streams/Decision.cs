namespace MappaFlows.Core.Streams;

/// <summary>The result of a command: its events, or the problems that block it.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>The command stands. No events: there was nothing left to do.</summary>
    public sealed record Accepted(IReadOnlyList<StreamEvent> Events) : Decision;

    /// <summary>The command is refused.</summary>
    public sealed record Refused(RefusalKind Kind, IReadOnlyList<Problem> Problems) : Decision
    {
        /// <summary>What is recorded all the same, such as the attempt itself. It must not change what the state means.</summary>
        public IReadOnlyList<StreamEvent> Record { get; init; } = [];
    }

    public static Decision Accept(params IReadOnlyList<StreamEvent> events) => new Accepted(events);

    /// <summary>Fields are missing or wrong (422).</summary>
    public static Decision Invalid(params IReadOnlyList<Problem> problems) => new Refused(RefusalKind.Invalid, problems);

    /// <summary>One field is missing or wrong (422).</summary>
    public static Decision Invalid(string field, string message) => Invalid(new Problem(field, message));

    /// <summary>The person has no right to do this (403).</summary>
    public static Decision Forbidden(string message) => new Refused(RefusalKind.Forbidden, [new("", message)]);

    /// <summary>The state has moved on, or is not at the stage for this (409).</summary>
    public static Decision Conflict(string message) => Conflict("", message);

    /// <summary>One field no longer matches the state (409).</summary>
    public static Decision Conflict(string field, string message) => new Refused(RefusalKind.Conflict, [new(field, message)]);

    /// <summary>There is no such thing, or none that the person may read (404).</summary>
    public static Decision NotFound(string message) => new Refused(RefusalKind.NotFound, [new("", message)]);
}

/// <summary>Why a command was refused.</summary>
public enum RefusalKind
{
    Invalid,
    Forbidden,
    Conflict,
    NotFound,
}

/// <summary>One problem, worded for the person who can fix it.</summary>
/// <param name="Field">The command's property, such as <c>Dates.SentenceExpiry</c>; empty where it is no single field.</param>
public sealed record Problem(string Field, string Message);
