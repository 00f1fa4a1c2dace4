using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>The area, category, level and lead agency.</summary>
public sealed class PlacementModel(
    ReferralDrafts drafts,
    CaseCommands commands,
    IPeopleDirectory people,
    TimeProvider time) : ReferralPartModel<ReferralPlacement>(drafts, commands, time)
{
    public override ReferralPart Part { get; } = ReferralPart.Of(nameof(Core.Referrals.Referral.Placement));

    protected override ReferralPlacement Read(Referral referral) => referral.Placement;

    /// <summary>A referral that would reach no one is better stopped on the first page than after the last.</summary>
    protected override async Task<IActionResult> ContinueAsync(string? then)
    {
        if (MappaAreas.Find(Referral.Placement.Area) is { } area
            && ReferralDecisions.NoOneIn(area, await people.InAreaAsync(area.Code, HttpContext.RequestAborted)) is { } no)
        {
            ModelState.AddModelError($"{nameof(Input)}.{nameof(Input.Area)}", no.Message);
        }

        return await base.ContinueAsync(then);
    }

    protected override Referral Write(Referral referral, ReferralPlacement input) => referral with { Placement = input };
}
