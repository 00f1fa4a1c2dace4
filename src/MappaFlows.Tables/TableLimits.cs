namespace MappaFlows.Tables;

/// <summary>The limits that Azure documents for its tables.</summary>
public static class TableLimits
{
    public const int ChangesPerCommit = 100;
    public const int EntitiesPerPage = 1000;
}
