namespace MappaFlows.Core.Meetings;

/// <summary>What every review of a case has to answer, in a meeting or without one.</summary>
internal static class ReviewValidation
{
    /// <summary>A review always considers disclosure, and says why even when the answer is no.</summary>
    public static void Disclosure(this Validation validation, bool? considered, string? reasons)
    {
        validation.Require(considered is not null, nameof(MeetingOutcome.DisclosureConsidered), "Select whether disclosure was considered");
        validation.Text(reasons, nameof(MeetingOutcome.DisclosureReasons), "the reasons about disclosure, also when the answer is no");
    }

    /// <summary>A review always sets the level from now on, with reasons where it changes.</summary>
    public static void LevelFromNowOn(this Validation validation, CaseState state, ManagementLevel? level, string? reasons)
    {
        validation.Level(level, state.Category, nameof(MeetingOutcome.Level), "Select the level from now on");
        if (level is not null && level != state.Level)
            validation.Text(reasons, nameof(MeetingOutcome.LevelReasons), "why the level changes");
        else
            validation.OptionalText(reasons, nameof(MeetingOutcome.LevelReasons), "the reasons for the level");
    }
}
