using MappaFlows.Core.Disclosures;
using MappaFlows.Core.Exits;
using MappaFlows.Core.People;
using MappaFlows.Core.Referrals;
using MappaFlows.Core.Reviews;
using MappaFlows.Core.Screening;

namespace MappaFlows.Core.Cases;

/// <summary>Decides every command: from the case as it stands and the command to the events that follow, or to what is wrong. Pure.</summary>
public static class CaseDecider
{
    /// <param name="case">The case; null before it is opened.</param>
    public static Decision Decide(Case? @case, CaseCommand command, DecisionContext context)
    {
        if (command is SubmitReferral submit) return ReferralDecisions.Submit(@case, submit, context);
        if (@case is null) return new Decision.Refused(RefusalKind.NotFound, [new("", "There is no case with this reference.")]);
        if (!Rights.May(context.Actor, command, @case) && command is not DecideDisclosure)
            return Decision.Forbidden("You do not have the right to do this in this case.");

        return command switch
        {
            Screen screen => ScreeningDecisions.Screen(@case, screen, context),
            GiveInformation give => ScreeningDecisions.GiveInformation(@case, give),
            ScheduleMeeting schedule => MeetingDecisions.Schedule(@case, schedule, context),
            MoveMeeting move => MeetingDecisions.Move(@case, move, context),
            RecordMeeting record => MeetingDecisions.Record(@case, record, context),
            SendMinutes send => MeetingDecisions.SendMinutes(@case, send),
            RecordLevel1Review review => Level1ReviewDecisions.Record(@case, review),
            ProposeDisclosure propose => DisclosureDecisions.Propose(@case, propose, context),
            ReviseDisclosure revise => DisclosureDecisions.Revise(@case, revise, context),
            WithdrawDisclosure withdraw => DisclosureDecisions.Withdraw(@case, withdraw),
            DecideDisclosure decide => DisclosureDecisions.Decide(@case, decide, context),
            IssueApprovalLink issue => DisclosureDecisions.IssueLink(@case, issue, context),
            RecordRefusedAttempt attempt => DisclosureDecisions.RecordRefusedAttempt(@case, attempt),
            RecordDisclosure record => DisclosureDecisions.Record(@case, record, context),
            ChangeDate change => DateDecisions.Change(@case, change, context),
            AddEligibility add => DateDecisions.AddEligibility(@case, add, context),
            RecordPreExitReview review => ExitDecisions.RecordReview(@case, review, context),
            DecideExit exit => ExitDecisions.Decide(@case, exit, context),
            AttendToClocks attend => ClockDecisions.Attend(@case, attend, context),
            _ => throw new InvalidOperationException($"{command.GetType().Name} is not known to the decider."),
        };
    }
}
