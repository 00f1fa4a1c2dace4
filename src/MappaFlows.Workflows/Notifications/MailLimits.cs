namespace MappaFlows.Workflows.Notifications;

/// <summary>How many emails a carrier takes in any minute and in any hour, wherever either is begun.</summary>
/// <param name="PerMinute">The most in a minute; null for any number.</param>
/// <param name="PerHour">The most in an hour; null for any number.</param>
public sealed record MailLimits(int? PerMinute, int? PerHour)
{
    /// <summary>No limit.</summary>
    public static MailLimits None { get; } = new(null, null);

    /// <summary>Whether there is any.</summary>
    public bool Any => PerMinute is not null || PerHour is not null;
}
