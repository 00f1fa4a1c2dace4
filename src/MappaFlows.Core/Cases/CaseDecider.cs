namespace MappaFlows.Core.Cases;

/// <summary>Decides every command: from the case as it stands and the command to the events that follow, or to what is wrong. Pure.</summary>
public static class CaseDecider
{
    /// <param name="case">The case; null before it is opened.</param>
    public static Decision Decide(CaseState? state, CaseCommand command, CaseContext context)
    {
        if (command is SubmitReferral submit) return ReferralDecisions.Submit(state, submit, context);
        if (state is null) return new Decision.Refused(RefusalKind.NotFound, [new("", "There is no case with this reference.")]);
        if (!Permissions.May(context.Actor, command, state) && command is not DecideDisclosure)
            return Decision.Forbidden("You do not have the right to do this in this case.");

        return command switch
        {
            DecideScreening screen => ScreeningDecisions.Decide(state, screen, context),
            GiveInformation give => ScreeningDecisions.GiveInformation(state, give),
            ScheduleMeeting schedule => MeetingDecisions.Schedule(state, schedule, context),
            MoveMeeting move => MeetingDecisions.Move(state, move, context),
            RecordMeeting record => MeetingDecisions.Record(state, record, context),
            SendMinutes send => MeetingDecisions.SendMinutes(state, send),
            RecordLevel1Review review => Level1ReviewDecisions.Record(state, review),
            ProposeDisclosure propose => DisclosureDecisions.Propose(state, propose, context),
            ReviseDisclosure revise => DisclosureDecisions.Revise(state, revise, context),
            WithdrawDisclosure withdraw => DisclosureDecisions.Withdraw(state, withdraw),
            DecideDisclosure decide => DisclosureDecisions.Decide(state, decide, context),
            IssueApprovalLink issue => DisclosureDecisions.IssueLink(state, issue, context),
            RecordRefusedAttempt attempt => DisclosureDecisions.RecordRefusedAttempt(state, attempt),
            RecordDisclosure record => DisclosureDecisions.Record(state, record, context),
            ChangeDate change => DateDecisions.Change(state, change, context),
            AddEligibility add => DateDecisions.AddEligibility(state, add, context),
            RecordPreExitReview review => ExitDecisions.RecordReview(state, review, context),
            DecideExit exit => ExitDecisions.Decide(state, exit, context),
            DoWhatIsDue attend => DueObligations.Attend(state, attend, context),
            _ => throw new InvalidOperationException($"{command.GetType().Name} is not known to the decider."),
        };
    }
}
