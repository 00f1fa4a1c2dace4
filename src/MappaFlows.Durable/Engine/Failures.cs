namespace MappaFlows.Durable.Engine;

/// <summary>What the engine keeps of an exception.</summary>
internal static class Failures
{
    // A failure is kept in the instance's head, beside its input and output: it has to stay small.
    private const int MaxMessage = 4 * 1024;
    private const int MaxStack = 8 * 1024;
    private const int MaxDepth = 5;

    public static TaskFailureDetails From(Exception exception, int depth = 0)
    {
        var inner = exception is TaskFailedException failed ? failed.FailureDetails
            : exception.InnerException is { } cause && depth < MaxDepth ? From(cause, depth + 1)
            : null;
        return new(
            exception.GetType().FullName ?? exception.GetType().Name,
            Cut(exception.Message, MaxMessage),
            depth == 0 && exception.StackTrace is { } stack ? Cut(stack, MaxStack) : null,
            inner);
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length] + "…";
}
