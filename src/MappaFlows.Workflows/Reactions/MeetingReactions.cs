namespace MappaFlows.Workflows.Reactions;

/// <summary>What follows from the meetings about a case.</summary>
public static class MeetingReactions
{
    private static readonly EmailTemplate ToArrange = new(
        "MeetingToArrange", "arrange a meeting to be held", "Arrange a meeting now, so that the agencies have time to prepare.")
    {
        Due = MeetingObligations.HoldMeeting,
    };

    private static readonly EmailTemplate Overdue = new(
        "MeetingOverdue", "meeting overdue", "A meeting was not held in time. Please arrange it.")
    {
        Due = MeetingObligations.HoldMeeting,
    };

    private static readonly EmailTemplate Invitation = new(
        "MeetingInvitation",
        "invitation to a meeting",
        "Your agency is invited to a meeting. The day, the time and the place are in the attached invitation.")
    {
        Attachment = MeetingInvitation.Of,
    };

    private static readonly EmailTemplate Moved = new(
        "MeetingMoved", "meeting moved", "A meeting to which your agency is invited was moved. The new time is in the attached invitation.")
    {
        Attachment = MeetingInvitation.Of,
    };

    private static readonly EmailTemplate ToRecord = new(
        "MeetingToRecord", "record a meeting", "A meeting was held, and its outcome is not recorded yet.")
    {
        Due = MeetingObligations.RecordMeeting,
    };

    private static readonly EmailTemplate RecordOverdue = new(
        "MeetingRecordOverdue", "meeting not recorded", "The outcome of a meeting was not recorded in time.")
    {
        Due = MeetingObligations.RecordMeeting,
    };

    private static readonly EmailTemplate MinutesDueSoon = new(
        "MinutesDueSoon", "send the minutes of a meeting", "The minutes of a meeting have not gone out yet.")
    {
        Due = MeetingObligations.SendMinutes,
    };

    private static readonly EmailTemplate MinutesOverdue = new(
        "MinutesOverdue", "minutes overdue", "The minutes of a meeting did not go out in time.")
    {
        Due = MeetingObligations.SendMinutes,
    };

    private static readonly EmailTemplate MinutesReady = new(
        "MinutesSent", "minutes ready", "The minutes of a meeting to which your agency was invited are ready.");

    public static void Register(ReactionTable table) => table
        .Emails(ToArrange, Overdue, Invitation, Moved, ToRecord, RecordOverdue, MinutesDueSoon, MinutesOverdue, MinutesReady)
        .On<MeetingScheduled>((happened, to) => [
            to.Wake(to.Instances.Review), .. IfToCome(to, happened.StartsAt, happened.Number, Invitation)])
        .On<MeetingMoved>((happened, to) => [
            to.Wake(to.Instances.Review), .. IfToCome(to, happened.StartsAt, happened.Number, Moved)])
        .On<MeetingRecorded>((_, to) => [to.Wake(to.Instances.Review)])
        .On<MinutesSent>((happened, to) => [to.Wake(to.Instances.Review), .. Invited(to, happened.Number).Email(MinutesReady)])
        .Remind(MeetingObligations.HoldMeeting, to => to.Coordinators.Email(ToArrange))
        .Escalate(MeetingObligations.HoldMeeting, to => [.. to.Chairs.Email(Overdue), .. to.Coordinators.Email(Overdue)])
        .Remind(MeetingObligations.RecordMeeting, to => to.Coordinators.Email(ToRecord))
        .Escalate(MeetingObligations.RecordMeeting, to => [.. to.Chairs.Email(RecordOverdue), .. to.Coordinators.Email(RecordOverdue)])
        .Remind(MeetingObligations.SendMinutes, to => to.Coordinators.Email(MinutesDueSoon))
        .Escalate(MeetingObligations.SendMinutes, to => [.. to.Chairs.Email(MinutesOverdue), .. to.Coordinators.Email(MinutesOverdue)]);

    /// <summary>No one is invited to a meeting that was held already, and is entered to be recorded.</summary>
    private static IEnumerable<OutboxItem> IfToCome(Audience to, DateTimeOffset startsAt, int meeting, EmailTemplate template) =>
        startsAt >= to.At ? Invited(to, meeting).Email(template) : [];

    private static Recipients Invited(Audience to, int meeting) =>
        to.Mailboxes(to.Case.Meetings.First(held => held.Number == meeting).Agencies, meeting);
}
