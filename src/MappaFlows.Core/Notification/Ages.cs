namespace MappaFlows.Core.Notification;

/// <summary>Ages as the law counts them.</summary>
public static class Ages
{
    private const int Adult = 18;

    /// <summary>
    /// Whether someone is under 18 on that day. A year of age is reached as the birthday begins; for someone born on 29 February
    /// that is 1 March in other years.
    /// </summary>
    public static bool IsUnder18(DateOnly dateOfBirth, DateOnly on)
    {
        var birthday = dateOfBirth.AddYears(Adult);
        return on < (birthday.Day == dateOfBirth.Day ? birthday : birthday.AddDays(1));
    }
}
