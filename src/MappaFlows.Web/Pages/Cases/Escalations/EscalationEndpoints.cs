namespace MappaFlows.Web.Pages.Cases.Escalations;

/// <summary>What was passed on, for programs.</summary>
internal static class EscalationEndpoints
{
    public static void Map(CaseCommandEndpoints api)
    {
        api.Map<RemindOwner>("/escalations/reminder", "RemindOwner", "Reminds those who owe what was passed on to the caller");
        api.Map<NoteEscalation>("/escalations/note", "NoteEscalation", "Says what the caller did about what was passed on to them");
    }
}
