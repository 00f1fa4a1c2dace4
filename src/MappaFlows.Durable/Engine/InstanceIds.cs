namespace MappaFlows.Durable.Engine;

/// <summary>What an instance id may be.</summary>
internal static class InstanceIds
{
    private const int MaxLength = 1024;

    /// <exception cref="ArgumentException">The id is empty, too long, or starts with @, which the vendor keeps for entities.</exception>
    public static string Checked(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (id[0] == '@')
            throw new ArgumentException("An instance id cannot start with '@'.", nameof(id));
        if (id.Length > MaxLength)
            throw new ArgumentException($"An instance id has at most {MaxLength} characters.", nameof(id));
        return id;
    }
}
