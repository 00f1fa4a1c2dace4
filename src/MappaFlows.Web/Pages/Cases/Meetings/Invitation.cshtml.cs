using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Meetings;

/// <summary>The invitation to a meeting as a calendar file, the same that the agencies got by email.</summary>
public sealed class InvitationModel(CaseCommands commands, ProductOptions product, TimeProvider time) : CasePageModel(commands)
{
    public IActionResult OnGet(int number)
    {
        if (Case.Meetings.All(meeting => meeting.Number != number)) return NotFound();
        var file = MeetingInvitation.Of(
            Case,
            number,
            product.SenderAddress,
            product.PublicUrl + Routes.Meeting(Case.Reference, number),
            time.GetUtcNow());
        return File(Encoding.UTF8.GetBytes(file.Content), "text/calendar; charset=utf-8", file.Name);
    }
}
