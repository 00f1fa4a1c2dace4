namespace MappaFlows.Core.Cases;

/// <summary>What people call categories and levels.</summary>
public static class Names
{
    public static string Name(this Category category) => $"Category {(int)category}";

    public static string Name(this ManagementLevel level) => $"Level {(int)level}";
}
