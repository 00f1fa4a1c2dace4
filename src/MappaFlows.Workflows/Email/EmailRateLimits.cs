namespace MappaFlows.Workflows.Email;

/// <summary>How many emails the email service accepts in any minute and in any hour, from all hosts together.</summary>
public sealed record EmailRateLimits
{
    /// <summary>The most that a limit can be: every place of the last hour stands in one property of one row.</summary>
    public const int MaxPerHour = 8_000;

    /// <param name="perMinute">1 to <see cref="MaxPerHour"/>.</param>
    /// <param name="perHour">1 to <see cref="MaxPerHour"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range.</exception>
    public EmailRateLimits(int perMinute, int perHour)
    {
        PerMinute = Checked(perMinute);
        PerHour = Checked(perHour);
    }

    private EmailRateLimits()
    {
    }

    /// <summary>No limit.</summary>
    public static EmailRateLimits None { get; } = new();

    /// <summary>The most in a minute; null for any number.</summary>
    public int? PerMinute { get; }

    /// <summary>The most in an hour; null for any number.</summary>
    public int? PerHour { get; }

    /// <summary>Whether there is any.</summary>
    public bool Any => PerHour is not null;

    private static int Checked(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxPerHour);
        return limit;
    }
}
