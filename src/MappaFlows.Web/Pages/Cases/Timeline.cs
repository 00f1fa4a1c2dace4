using System.Globalization;

namespace MappaFlows.Web.Pages.Cases;

/// <summary>An event of a case as its timeline tells it.</summary>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Details">What else is worth reading, line by line.</param>
/// <param name="By">Who did it; null where the clock did.</param>
/// <param name="When">The instant.</param>
/// <param name="Sequence">The event's place in its case, from 1.</param>
public sealed record TimelineEntry(string Title, IReadOnlyList<TimelineDetail> Details, string? By, DateTimeOffset When, long Sequence);

/// <summary>A line of a timeline's entry: what somebody wrote, or what a date or choice is.</summary>
/// <param name="Label">What it is; null where the text speaks for itself.</param>
/// <param name="Text">As it was recorded; may have several lines.</param>
public sealed record TimelineDetail(string? Label, string Text);

/// <summary>Tells the events of a case to the people who work on it.</summary>
/// <param name="nameOf">The name of the person with this id.</param>
public sealed class Timeline(Func<string, string> nameOf)
{
    public TimelineEntry Tell(RecordedEvent recorded)
    {
        var (title, details) = Tell((CaseEvent)recorded.Event);
        return new(
            title,
            [.. details.OfType<TimelineDetail>()],
            recorded.ActorId == Person.Clock.Id ? null : recorded.ActorName,
            recorded.At,
            recorded.Sequence);
    }

    private (string Title, IEnumerable<TimelineDetail?> Details) Tell(CaseEvent happened) => happened switch
    {
        ReferralSubmitted submitted => ("Referral received",
        [
            Line("Category", submitted.Referral.Placement.Category?.Label()),
            Line("Level sought", submitted.Referral.Placement.LevelSought?.Name()),
            Line("Lead agency", PeopleLabels.Agency(submitted.Referral.Placement.LeadAgency)),
            Line("Emergency meeting asked for", submitted.Referral.Placement.EmergencyReason),
        ]),
        InformationRequested asked => ("More information asked for", [Line("Question", asked.Question)]),
        InformationGiven given => ("Question answered", [Line("Answer", given.Answer), Line(null, "The screening clock starts again.")]),
        ReferralAccepted accepted => ($"Accepted at {Lower(accepted.Level)}", [Line("Reasons", accepted.Reasons)]),
        ReferralRefused refused => ("Referral not accepted", [Line("Reasons", refused.Reasons)]),
        MeetingScheduled scheduled => ($"Meeting {scheduled.Number} arranged",
        [
            Line("When", $"{UkTime.DateAndTime(scheduled.StartsAt)}, for {MeetingLabels.Length(scheduled.Minutes)}"),
            Line("Where", scheduled.Place),
            Line("Level", scheduled.Level.Name()),
            Line("Invited", PeopleLabels.AgencyList(scheduled.Agencies)),
            Line("Why it is later than its date", scheduled.LateReason),
        ]),
        MeetingMoved moved => ($"Meeting {moved.Number} moved",
        [
            Line("New time", $"{UkTime.DateAndTime(moved.StartsAt)}, for {MeetingLabels.Length(moved.Minutes)}"),
            Line("Where", moved.Place),
            Line("Why", moved.Reason),
        ]),
        MeetingRecorded recorded => ($"Meeting {recorded.Number} held and recorded", Outcome(recorded.Outcome)),
        MinutesSent sent => ($"Minutes of meeting {sent.Number} sent", []),
        Level1ReviewRecorded review => ($"Lead agency’s review {review.Number} recorded",
        [
            Line("Findings", review.Review.Findings),
            Line("Contact between agencies", review.Review.Contact),
            Line("Disclosure considered", PlainText.YesNo(review.Review.DisclosureConsidered)),
            Line("Reasons about disclosure", review.Review.DisclosureReasons),
        ]),
        LevelChanged changed => ($"Level changed from {Number(changed.From)} to {Number(changed.To)}", [Line("Why", changed.Reasons)]),
        DisclosureProposed proposed => ($"Disclosure {proposed.Number} proposed", Proposal(proposed)),
        DisclosureRevised revised => ($"Disclosure {revised.Number} changed",
        [
            Line("Recipient", revised.Content.RecipientName),
            Line(null, "What was asked before is void. The approver is asked anew."),
        ]),
        DisclosureWithdrawn withdrawn => ($"Disclosure {withdrawn.Number} withdrawn", [Line("Why", withdrawn.Reason)]),
        ApprovalLinkIssued issued => ($"Link to decide on disclosure {issued.Number} sent",
        [
            Line("To", nameOf(issued.PersonId)),
            Line("Ends", UkTime.DateAndTime(issued.EndsAt)),
        ]),
        ApprovalAttemptRefused refused => ($"Attempt to decide on disclosure {refused.Number} refused", [Line("Why", refused.Why)]),
        ApprovalReminded reminded => ($"Approver of disclosure {reminded.Number} reminded", []),
        ApprovalEscalated escalated => ($"Disclosure {escalated.Number} passed to the deputy", [Line(null, "The approver did not decide in time. Either may decide now.")]),
        ApprovalLapsed lapsed => ($"Disclosure {lapsed.Number} not decided in time", [Line(null, "Nothing may be disclosed.")]),
        DisclosureDecided decided => (Decision(decided), [Line("Reasons", decided.Reasons)]),
        DisclosureMade made => ($"Disclosure {made.Number} made",
        [
            Line("On", made.Record.On is { } on ? UkTime.Date(on) : null),
            Line("How", made.Record.Method?.Label()),
            Line("Recipient undertook to keep it confidential", PlainText.YesNo(made.Record.RecipientUndertook)),
            Line("Notes", made.Record.Notes),
        ]),
        DateChanged changed => ($"{changed.Which.Label()} changed",
        [
            Line("From", changed.From is { } from ? UkTime.Date(from) : "Not set"),
            Line("To", changed.To is { } to ? UkTime.Date(to) : "No end"),
            Line("Sentence or order", changed.Basis is { } basis ? $"Number {basis}" : null),
            Line("Why", changed.Reason),
        ]),
        EligibilityAdded added => ("Sentence or order added",
        [
            Line("Number", added.Basis.Id),
            Line("Category", added.Basis.Category.Label()),
            Line("From", UkTime.Date(added.Basis.StartsOn)),
            Line("Until", added.Basis.EndsOn is { } ends ? UkTime.Date(ends) : added.Basis.Indefinite ? "No end" : null),
            Line("What it is", added.Reason),
        ]),
        CategoryChanged changed => ($"{changed.From.Name()} replaced by {changed.To.Name()}", [Line(null, changed.Explanation)]),
        PreExitReviewRecorded review => ("Review before exit recorded",
        [
            Line("Conclusion", review.Conclusion),
            Line("Category 3 to be considered", PlainText.YesNo(review.ConsiderCategory3)),
        ]),
        ObligationReminded reminded => ("Reminder sent", [Line("Of", ObligationLabels.Title(reminded.Kind, SubjectOf(reminded.Key)))]),
        ObligationEscalated escalated => ("Overdue, and passed on", [Line("What", ObligationLabels.Title(escalated.Kind, SubjectOf(escalated.Key)))]),
        CaseClosed closed => ("Case closed",
        [
            Line("Reason", closed.Reason.Label()),
            Line("Last day under MAPPA", UkTime.Date(closed.LastDay)),
            Line(null, closed.Explanation),
        ]),
        _ => throw new InvalidOperationException($"The timeline has no words for {happened.GetType().Name}."),
    };

    private IEnumerable<TimelineDetail?> Proposal(DisclosureProposed proposed) =>
    [
        Line("Recipient", proposed.Content.RecipientName),
        Line("To be told by", proposed.Content.DiscloserId is { } discloser ? nameOf(discloser) : null),
        Line("Decision asked of", nameOf(proposed.ApproverId)),
    ];

    private static IEnumerable<TimelineDetail?> Outcome(MeetingOutcome outcome)
    {
        foreach (var mark in outcome.Attendance.GroupBy(attendance => attendance.Mark).OrderBy(group => group.Key))
            yield return Line(mark.Key.Label(), PeopleLabels.AgencyList(mark.Select(attendance => attendance.AgencyId)));
        foreach (var decision in outcome.Decisions)
        {
            yield return Line("Decision", decision.What);
            yield return Line("Rationale", decision.Rationale);
            if (decision.Owner is { Length: > 0 } owner)
                yield return Line("Who does it", decision.By is { } by ? $"{owner}, by {UkTime.Date(by)}" : owner);
        }

        yield return Line("Disclosure considered", PlainText.YesNo(outcome.DisclosureConsidered));
        yield return Line("Reasons about disclosure", outcome.DisclosureReasons);
        yield return Line("Level from now on", outcome.Level?.Name());
    }

    private static string Decision(DisclosureDecided decided) => decided.Outcome switch
    {
        ApprovalOutcome.Approved => $"Disclosure {decided.Number} approved",
        ApprovalOutcome.Refused => $"Disclosure {decided.Number} refused",
        _ => $"Change asked for in disclosure {decided.Number}",
    };

    /// <summary>A duty's key is its kind, its subject and its date.</summary>
    private static string SubjectOf(string key) => key.Split('/') is [_, var subject, _] ? subject : "";

    private static string Lower(ManagementLevel level) => level.Name().ToLowerInvariant();

    private static string Number(ManagementLevel level) => ((int)level).ToString(CultureInfo.InvariantCulture);

    private static TimelineDetail? Line(string? label, string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : new(label, text.Trim());
}
