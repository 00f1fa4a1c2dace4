using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Engine.Storage;

/// <summary>About how much of a commit a change takes: an upper bound that is cheap to find.</summary>
internal static class ChangeSize
{
    private const int ChangeOverhead = 1024;
    private const int PropertyOverhead = 100;

    public static int Of(Change change)
    {
        var size = ChangeOverhead + (change.Row.Length * 2);
        if (PropertiesOf(change) is { } properties)
        {
            foreach (var (_, value) in properties)
                size += PropertyOverhead + (value is byte[] bytes ? bytes.Length * 4 / 3 : value is string text ? text.Length * 3 : 16);
        }
        return size;
    }

    public static IReadOnlyDictionary<string, object>? PropertiesOf(Change change) => change switch
    {
        Insert insert => insert.Properties,
        Replace replace => replace.Properties,
        Upsert upsert => upsert.Properties,
        _ => null,
    };
}
