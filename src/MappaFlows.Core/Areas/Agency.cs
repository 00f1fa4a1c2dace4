namespace MappaFlows.Core.Areas;

/// <summary>An agency that takes part in MAPPA.</summary>
/// <param name="Id">Stable: lower-case letters and hyphens.</param>
/// <param name="Name">As people write it.</param>
/// <param name="Role">What the law makes it.</param>
/// <param name="Core">Whether it is invited to every level 2 and level 3 meeting.</param>
/// <param name="CanLead">Whether it can be the lead agency of a case.</param>
public sealed record Agency(string Id, string Name, AgencyRole Role, bool Core, bool CanLead);

/// <summary>What the Criminal Justice Act 2003, section 325, makes an agency.</summary>
public enum AgencyRole
{
    /// <summary>Police, probation and prisons, acting jointly.</summary>
    ResponsibleAuthority,

    /// <summary>A body that must co-operate with the Responsible Authority.</summary>
    DutyToCooperate,
}
