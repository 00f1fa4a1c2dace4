namespace MappaFlows.Web.Labels;

/// <summary>What cases wait for: its name, what the person who owes it does, and the page where they do it.</summary>
public static class ObligationLabels
{
    /// <summary>What it is called, for example "Minutes of meeting 2".</summary>
    /// <param name="kind">The kind of duty.</param>
    /// <param name="subject">Which one of its kind, as in <see cref="Obligation.Subject"/>.</param>
    public static string Title(ObligationKind kind, string subject) => kind switch
    {
        ObligationKind.DecideScreening => "Screening decision",
        ObligationKind.GiveInformation => "Answer to the coordinator’s question",
        ObligationKind.HoldMeeting => $"Meeting {subject} to be held",
        ObligationKind.RecordMeeting => $"Outcome of meeting {subject}",
        ObligationKind.SendMinutes => $"Minutes of meeting {subject}",
        ObligationKind.ReviewLevel1 => $"Lead agency’s review {subject}",
        ObligationKind.DecideDisclosure => $"Decision on disclosure {subject}",
        ObligationKind.ReviseDisclosure => $"Disclosure {subject} to be changed or withdrawn",
        ObligationKind.MakeDisclosure => $"Disclosure {subject} to be made",
        ObligationKind.ReviewBeforeExit => subject == "second" ? "Second review before exit" : "First review before exit",
        ObligationKind.ChangeCategory => "The next category takes over",
        ObligationKind.Exit => "The case closes",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are no words for this duty."),
    };

    /// <inheritdoc cref="Title(ObligationKind, string)"/>
    public static string Title(this Obligation obligation) => Title(obligation.Kind, obligation.Subject);

    /// <summary>What the person who owes it does, as a link says it, for example "Record meeting 2".</summary>
    /// <param name="kind">The kind of duty.</param>
    /// <param name="subject">Which one of its kind, as in <see cref="Obligation.Subject"/>.</param>
    public static string ToDo(ObligationKind kind, string subject) => kind switch
    {
        ObligationKind.DecideScreening => "Decide the screening",
        ObligationKind.GiveInformation => "Answer the question",
        ObligationKind.HoldMeeting => $"Arrange meeting {subject}",
        ObligationKind.RecordMeeting => $"Record meeting {subject}",
        ObligationKind.SendMinutes => $"Record that the minutes of meeting {subject} went out",
        ObligationKind.ReviewLevel1 => "Record the lead agency’s review",
        ObligationKind.DecideDisclosure => $"Decide on disclosure {subject}",
        ObligationKind.ReviseDisclosure => $"Change or withdraw disclosure {subject}",
        ObligationKind.MakeDisclosure => $"Record that disclosure {subject} was made",
        ObligationKind.ReviewBeforeExit => "Record the review before exit",
        _ => "Open the case",
    };

    /// <summary>The page where it is done; the case's own page for what the clock does.</summary>
    /// <param name="kind">The kind of duty.</param>
    /// <param name="subject">Which one of its kind, as in <see cref="Obligation.Subject"/>.</param>
    /// <param name="reference">The case.</param>
    public static string Path(ObligationKind kind, string subject, CaseReference reference) => kind switch
    {
        ObligationKind.DecideScreening => Routes.Screening(reference),
        ObligationKind.GiveInformation => Routes.Answer(reference),
        ObligationKind.HoldMeeting => Routes.NewMeeting(reference),
        ObligationKind.RecordMeeting => Routes.RecordMeeting(reference, Number(subject)),
        ObligationKind.SendMinutes => Routes.Minutes(reference, Number(subject)),
        ObligationKind.ReviewLevel1 => Routes.Level1Review(reference),
        ObligationKind.DecideDisclosure => Routes.Disclosure(reference, Number(subject)),
        ObligationKind.ReviseDisclosure => Routes.ReviseDisclosure(reference, Number(subject)),
        ObligationKind.MakeDisclosure => Routes.DisclosureMade(reference, Number(subject)),
        ObligationKind.ReviewBeforeExit => Routes.ExitReview(reference),
        _ => Routes.Case(reference),
    };

    private static int Number(string subject) => int.Parse(subject, System.Globalization.CultureInfo.InvariantCulture);
}
