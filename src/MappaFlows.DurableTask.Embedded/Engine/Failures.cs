using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker;

namespace MappaFlows.DurableTask.Embedded.Engine;

/// <summary>What the engine keeps of an exception: always something, never more than a row can take.</summary>
internal sealed class Failures(IExceptionPropertiesProvider? properties)
{
    // A failure is kept in the instance's head, beside its input and output, so it has to stay small.
    private const int MaxMessage = 4 * 1024;
    private const int MaxStack = 8 * 1024;
    private const int MaxDepth = 10;
    private const int MaxProperties = 16 * 1024;

    public TaskFailureDetails From(Exception exception) => Bounded(From(exception, 0));

    /// <summary>A failure without an exception.</summary>
    public static TaskFailureDetails Named(string type, string message) => new(type, message, null, null, null);

    /// <summary>At most so many failures inside one another: the outer ones, and at the end the first cause.</summary>
    public static TaskFailureDetails Bounded(TaskFailureDetails failure)
    {
        var chain = new List<TaskFailureDetails>();
        for (var link = failure; link is not null; link = link.InnerFailure)
            chain.Add(link);
        if (chain.Count <= MaxDepth)
            return failure;
        var bounded = chain[^1];
        for (var i = MaxDepth - 2; i >= 0; i--)
            bounded = chain[i] with { InnerFailure = bounded };
        return bounded;
    }

    private TaskFailureDetails From(Exception exception, int depth)
    {
        var inner = exception is TaskFailedException failed ? failed.FailureDetails
            : exception.InnerException is { } cause && depth < MaxDepth ? From(cause, depth + 1)
            : null;
        return new(
            exception.GetType().ToString(),
            Cut(Read(() => exception.Message) ?? "", MaxMessage),
            depth == 0 && Read(() => exception.StackTrace) is { } stack ? Cut(stack, MaxStack) : null,
            inner,
            PropertiesOf(exception));
    }

    // An exception is foreign code. One that cannot be read must not hide the failure.
    private static string? Read(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (Exception e)
        {
            return $"(could not be read: {e.GetType()})";
        }
    }

    private IDictionary<string, object?>? PropertiesOf(Exception exception)
    {
        if (properties is null)
            return null;
        try
        {
            var given = properties.GetExceptionProperties(exception);
            return given is { Count: > 0 } && JsonSerializer.SerializeToUtf8Bytes(given).Length <= MaxProperties ? given : null;
        }
        catch (Exception e)
        {
            return new Dictionary<string, object?> { ["unreadable"] = e.GetType().ToString() };
        }
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length] + "…";
}
