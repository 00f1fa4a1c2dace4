namespace MappaFlows.Core.Screening;

/// <summary>A coordinator accepts a referral at a level, asks for more, or refuses it, always with reasons.</summary>
public static class ScreeningDecisions
{
    public static Decision Decide(CaseState state, DecideScreening command, CaseContext context)
    {
        if (state.Screening is { } earlier)
        {
            return Decision.Conflict(
                $"This referral was {(earlier.Accepted ? $"accepted at {earlier.Level!.Value.Name().ToLowerInvariant()}" : "refused")} already. Nothing was changed.");
        }

        if (state.Stage == CaseStage.InformationRequested && command.Outcome == ScreeningOutcome.RequestInformation)
            return Decision.Conflict("The referrer was asked already and has not answered yet. Nothing was changed.");

        var validation = new Validation();
        if (validation.Given(command.Outcome, nameof(command.Outcome), "Select what you decide"))
            validation.Require(Enum.IsDefined(command.Outcome.Value), nameof(command.Outcome), "Select what you decide");
        validation.Text(command.Reasons, nameof(command.Reasons), command.Outcome == ScreeningOutcome.RequestInformation ? "what you need to know" : "the reasons");
        if (command.Outcome == ScreeningOutcome.Accept)
        {
            validation.Level(command.Level, state.Category, nameof(command.Level), "Select the level");

            // It held when the referral was sent; the days since may have ended it, and an exit before the beginning helps no one.
            if (Basis(state, context.Today).EndsOn is { } ended && ended < context.Today)
            {
                validation.Add(
                    nameof(command.Outcome),
                    $"{state.Category.Name()} ended on {PlainDate.Of(ended)}, so this cannot be accepted: ask whether the person is eligible in another category");
            }
        }

        if (validation.HasFailed) return validation.Refused;
        return command.Outcome switch
        {
            ScreeningOutcome.Accept => Decision.Accept(
                new ReferralAccepted(command.Level!.Value, command.Reasons, [Basis(state, context.Today)])),
            ScreeningOutcome.RequestInformation => Decision.Accept(new InformationRequested(command.Reasons)),
            _ => Decision.Accept(new ReferralRefused(command.Reasons)),
        };
    }

    public static Decision GiveInformation(CaseState state, GiveInformation command)
    {
        if (state.Stage != CaseStage.InformationRequested) return Decision.Conflict("No question is waiting for an answer. Nothing was changed.");
        var validation = new Validation();
        validation.Text(command.Answer, nameof(command.Answer), "your answer");
        return validation.HasFailed ? validation.Refused : Decision.Accept(new InformationGiven(command.Answer));
    }

    /// <summary>What makes the person eligible, as the referral says.</summary>
    private static EligibilityBasis Basis(CaseState state, DateOnly today)
    {
        var dates = state.Referral.Dates;
        var starts = (state.Category == Category.Category1 ? dates.NotificationStart() : dates.Sentence) ?? today;
        var indefinite = state.Category switch
        {
            Category.Category1 or Category.Category4 => dates.NotificationIndefinite == true,
            Category.Category2 => dates.SentenceIndefinite == true,
            _ => false,
        };
        var ends = state.Category switch
        {
            Category.Category1 => dates.NotificationEnd,
            Category.Category2 => dates.SentenceExpiry,
            Category.Category4 when !indefinite => Later(dates.LicenceEnd, dates.NotificationEnd),
            _ => null,
        };
        return EndRules.BasisFor(state.Category, "1", starts, ends, indefinite);
    }

    private static DateOnly? Later(DateOnly? one, DateOnly? other) => one is null || other > one ? other : one;
}
