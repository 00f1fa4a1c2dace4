using MappaFlows.Core.Cases;
using MappaFlows.Core.Exits;
using MappaFlows.Core.Policy;

namespace MappaFlows.Core.Screening;

/// <summary>A coordinator accepts a referral at a level, asks for more, or refuses it, always with reasons.</summary>
public static class ScreeningDecisions
{
    public static Decision Screen(Case @case, Screen command, DecisionContext context)
    {
        if (@case.Screening is { } earlier)
        {
            return Decision.Conflict(
                $"This referral was {(earlier.Accepted ? $"accepted at {earlier.Level!.Value.Name().ToLowerInvariant()}" : "refused")} already. Nothing was changed.");
        }

        if (@case.Stage == CaseStage.InformationAsked && command.Outcome == ScreeningOutcome.AskForMore)
            return Decision.Conflict("The referrer was asked already and has not answered yet. Nothing was changed.");

        var check = new Check();
        if (check.Given(command.Outcome, nameof(command.Outcome), "Select what you decide"))
            check.That(Enum.IsDefined(command.Outcome.Value), nameof(command.Outcome), "Select what you decide");
        check.Text(command.Reasons, nameof(command.Reasons), command.Outcome == ScreeningOutcome.AskForMore ? "what you need to know" : "the reasons");
        if (command.Outcome == ScreeningOutcome.Accept)
        {
            check.Level(command.Level, @case.Category, nameof(command.Level), "Select the level");

            // It held when the referral was sent; the days since may have ended it, and an exit before the beginning helps nobody.
            if (Basis(@case, context.Today).EndsOn is { } ended && ended < context.Today)
            {
                check.Add(
                    nameof(command.Outcome),
                    $"{@case.Category.Name()} ended on {PlainDate.Of(ended)}, so this cannot be accepted: ask whether the person is eligible in another category");
            }
        }

        if (check.Failed) return check.Refused;
        return command.Outcome switch
        {
            ScreeningOutcome.Accept => Decision.Accept(new ReferralAccepted(command.Level!.Value, command.Reasons, [Basis(@case, context.Today)])),
            ScreeningOutcome.AskForMore => Decision.Accept(new MoreInformationAsked(command.Reasons)),
            _ => Decision.Accept(new ReferralRefused(command.Reasons)),
        };
    }

    public static Decision GiveInformation(Case @case, GiveInformation command)
    {
        if (@case.Stage != CaseStage.InformationAsked) return Decision.Conflict("No question is waiting for an answer. Nothing was changed.");
        var check = new Check();
        check.Text(command.Answer, nameof(command.Answer), "your answer");
        return check.Failed ? check.Refused : Decision.Accept(new MoreInformationGiven(command.Answer));
    }

    /// <summary>What makes the person eligible, as the referral says.</summary>
    private static EligibilityBasis Basis(Case @case, DateOnly today)
    {
        var dates = @case.Referral.Dates;
        var starts = dates.Sentence ?? today;
        var indefinite = dates.NotificationIndefinite == true;
        return @case.Category switch
        {
            Category.Category1 => new("1", Category.Category1, "notification", starts, dates.NotificationEnd, indefinite, EndRules.NotificationPeriod),
            Category.Category2 => new("1", Category.Category2, "sentence", starts, dates.SentenceExpiry, false, EndRules.SentenceExpiry),
            Category.Category3 => new("1", Category.Category3, "dangerous", starts, null, false, EndRules.RecordedDecision),
            _ => new(
                "1",
                Category.Category4,
                "terrorism",
                starts,
                indefinite ? null : Later(dates.LicenceEnd, dates.NotificationEnd),
                indefinite,
                EndRules.TerrorismNotification),
        };
    }

    private static DateOnly? Later(DateOnly? one, DateOnly? other) => one is null || other > one ? other : one;
}
