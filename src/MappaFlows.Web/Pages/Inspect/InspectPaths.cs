using System.Globalization;
using MappaFlows.Workflows.Inspecting;

namespace MappaFlows.Web.Pages.Inspect;

/// <summary>The addresses of the administrator's pages.</summary>
internal static class InspectPaths
{
    public const string Instances = "/inspect";
    public const string Parked = "/inspect/parked";
    public const string Purge = "/inspect/purge";
    public const string Waiting = "/inspect/waiting";
    public const string Letters = "/inspect/letters";
    public const string Anchors = "/inspect/anchors";
    public const string Audit = "/inspect/audit";

    public static string Instance(string id) => $"{Instances}/{Uri.EscapeDataString(id)}";

    /// <summary>Where an act is confirmed.</summary>
    public static string Act(AdminAct act, string target) => $"/inspect/do/{act}?target={Uri.EscapeDataString(target)}";

    /// <summary>Where an act began, and leads back to.</summary>
    public static string Of(AdminAct act, string target) => act switch
    {
        AdminAct.PurgeOld => Purge,
        AdminAct.RetryParked or AdminAct.DiscardParked => Parked,
        AdminAct.RetryLetter => Letters,
        AdminAct.CheckAnchors => Anchors,
        _ => Instance(target),
    };

    /// <summary>Where to look after an act was tried: the page where it began, with a word on what came of it.</summary>
    public static string After(AuditEntry entry)
    {
        var isGone = entry is { Act: AdminAct.Purge, Outcome.IsDone: true };
        return string.Create(CultureInfo.InvariantCulture, $"{(isGone ? Instances : Of(entry.Act, entry.Target))}?entry={entry.Sequence}");
    }
}
