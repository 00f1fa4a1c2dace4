using MappaFlows.Core.Cases;

namespace MappaFlows.Web.Words;

/// <summary>What cases wait for: its name, what the person who owes it does, and the page where they do it.</summary>
public static class DutyWords
{
    /// <summary>What it is called, for example "Minutes of meeting 2".</summary>
    /// <param name="kind">The kind of duty.</param>
    /// <param name="subject">Which one of its kind, as in <see cref="Duty.Subject"/>.</param>
    public static string Title(DutyKind kind, string subject) => kind switch
    {
        DutyKind.DecideScreening => "Screening decision",
        DutyKind.GiveInformation => "Answer to the coordinator’s question",
        DutyKind.HoldMeeting => $"Meeting {subject} to be held",
        DutyKind.RecordMeeting => $"Outcome of meeting {subject}",
        DutyKind.SendMinutes => $"Minutes of meeting {subject}",
        DutyKind.ReviewLevel1 => $"Lead agency’s review {subject}",
        DutyKind.DecideDisclosure => $"Decision on disclosure {subject}",
        DutyKind.ReviseDisclosure => $"Disclosure {subject} to be changed or withdrawn",
        DutyKind.MakeDisclosure => $"Disclosure {subject} to be made",
        DutyKind.ReviewBeforeExit => subject == "second" ? "Second review before exit" : "First review before exit",
        DutyKind.ChangeCategory => "The next category takes over",
        DutyKind.Exit => "The case closes",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are no words for this duty."),
    };

    /// <inheritdoc cref="Title(DutyKind, string)"/>
    public static string Title(this Duty duty) => Title(duty.Kind, duty.Subject);

    /// <summary>What the person who owes it does, as a link says it, for example "Record meeting 2".</summary>
    /// <param name="kind">The kind of duty.</param>
    /// <param name="subject">Which one of its kind, as in <see cref="Duty.Subject"/>.</param>
    public static string ToDo(DutyKind kind, string subject) => kind switch
    {
        DutyKind.DecideScreening => "Decide the screening",
        DutyKind.GiveInformation => "Answer the question",
        DutyKind.HoldMeeting => $"Arrange meeting {subject}",
        DutyKind.RecordMeeting => $"Record meeting {subject}",
        DutyKind.SendMinutes => $"Record that the minutes of meeting {subject} went out",
        DutyKind.ReviewLevel1 => "Record the lead agency’s review",
        DutyKind.DecideDisclosure => $"Decide on disclosure {subject}",
        DutyKind.ReviseDisclosure => $"Change or withdraw disclosure {subject}",
        DutyKind.MakeDisclosure => $"Record that disclosure {subject} was made",
        DutyKind.ReviewBeforeExit => "Record the review before exit",
        _ => "Open the case",
    };

    /// <summary>The page where it is done; the case's own page for what the clock does.</summary>
    /// <param name="kind">The kind of duty.</param>
    /// <param name="subject">Which one of its kind, as in <see cref="Duty.Subject"/>.</param>
    /// <param name="reference">The case.</param>
    public static string Path(DutyKind kind, string subject, CaseReference reference) => $"/cases/{reference}" + kind switch
    {
        DutyKind.DecideScreening => "/screening",
        DutyKind.GiveInformation => "/answer",
        DutyKind.HoldMeeting => "/meetings/new",
        DutyKind.RecordMeeting => $"/meetings/{subject}/record",
        DutyKind.SendMinutes => $"/meetings/{subject}/minutes",
        DutyKind.ReviewLevel1 => "/review",
        DutyKind.DecideDisclosure => $"/disclosures/{subject}",
        DutyKind.ReviseDisclosure => $"/disclosures/{subject}/revise",
        DutyKind.MakeDisclosure => $"/disclosures/{subject}/made",
        DutyKind.ReviewBeforeExit => "/exit-review",
        _ => "",
    };
}
