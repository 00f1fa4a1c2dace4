using System.Globalization;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MappaFlows.Web.Pages.Cases.Meetings;

/// <summary>A page about one meeting, at a route with <c>{number}</c>; an unknown number gives 404.</summary>
public abstract class MeetingPage(CaseCommands commands) : CaseCommandPage(commands)
{
    public Meeting Meeting => Case.Meetings.First(meeting => meeting.Number == Number);

    public int Number => int.Parse((string)RouteData.Values["number"]!, CultureInfo.InvariantCulture);

    public string MeetingPath => Routes.Meeting(Case.Reference, Number);

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (Case.Meetings.All(meeting => meeting.Number != Number)) context.Result = NotFound();
        else base.OnPageHandlerExecuting(context);
    }
}
