namespace MappaFlows.Core.Referrals;

/// <summary>Referrals that ask for a meeting at once.</summary>
public static class EmergencyReferrals
{
    extension(ReferralPlacement placement)
    {
        /// <summary>Whether a level 3 meeting is asked for at once.</summary>
        public bool IsEmergency =>
            placement.LevelSought == ManagementLevel.Level3 && !TextPolicy.IsBlank(placement.EmergencyReason);
    }
}
