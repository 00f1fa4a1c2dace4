
namespace MappaFlows.Web.Identity;

/// <summary>What people call the roles.</summary>
public static class RoleNames
{
    public static string Name(this Role role) => role switch
    {
        Role.Referrer => "Referrer",
        Role.Coordinator => "Coordinator",
        Role.Chair => "Chair",
        Role.DeputyChair => "Deputy chair",
        Role.LeadAgencyManager => "Lead agency manager",
        Role.Administrator => "Administrator",
        Role.LayAdviser => "Lay adviser",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "There is no such role."),
    };
}
