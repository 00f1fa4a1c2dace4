namespace MappaFlows.Core.Meetings;

/// <summary>Cases for which a level 3 meeting was asked for at once.</summary>
public static class EmergencyMeetings
{
    extension(CaseState state)
    {
        /// <summary>
        /// Whether the case is an emergency now: the referral waits to be decided, or the first level 3 meeting is not recorded yet.
        /// </summary>
        public bool IsEmergency => state.Stage switch
        {
            CaseStage.Screening or CaseStage.InformationRequested => state.Referral.Placement.IsEmergency,
            CaseStage.Managed => state.Level == ManagementLevel.Level3
                && !TextPolicy.IsBlank(state.Referral.Placement.EmergencyReason)
                && state.Meetings.All(meeting => meeting.Outcome is null),
            _ => false,
        };
    }
}
