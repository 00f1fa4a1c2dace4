using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>The approver's decision as a form carries it: on exactly the content that was shown.</summary>
public sealed class DecisionForm
{
    public ApprovalOutcome? Outcome { get; set; }

    public string? Reasons { get; set; }

    /// <summary>The hash of the content that the page showed.</summary>
    [NotKept]
    public string? ContentHash { get; set; }

    /// <summary>The approver says that they read it.</summary>
    [NotKept]
    public bool Read { get; set; }

    public DecideDisclosure ToCommand(int number, string? tokenHash = null) =>
        new() { Number = number, Outcome = Outcome, Reasons = Reasons, ContentHash = ContentHash, TokenHash = tokenHash };

    /// <summary>What the check page says of the decision.</summary>
    public CheckText CheckText(Disclosure disclosure) => new("Check your decision", Outcome switch
    {
        ApprovalOutcome.Approved => "Approve the disclosure",
        ApprovalOutcome.Refused => "Refuse the disclosure",
        _ => "Ask for a change",
    })
    {
        Answers =
        [
            new("Your decision", Outcome!.Value.Label()),
            new("Recipient", disclosure.Content.RecipientName),
            new("Information to disclose", disclosure.Content.Information),
            new("Your reasons", Reasons),
        ],
        Follows =
        [
            Outcome switch
            {
                ApprovalOutcome.Approved => "The discloser may disclose exactly this information to this recipient.",
                ApprovalOutcome.Refused => "Nothing may be disclosed.",
                _ => "Nothing may be disclosed until you have decided on the changed content.",
            },
            "Your decision stays on record and cannot be changed.",
        ],
    };

    /// <summary>Asks that it was read: a decision on something unread is none.</summary>
    public void CheckRead(ModelStateDictionary state, string prefix)
    {
        if (!Read) state.AddModelError($"{prefix}.{nameof(Read)}", "Confirm that you have read exactly this content");
    }
}
