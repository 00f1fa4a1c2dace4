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

    /// <summary>Asks that it was read: a decision on something unread is none.</summary>
    public void CheckRead(ModelStateDictionary state, string prefix)
    {
        if (!Read) state.AddModelError($"{prefix}.{nameof(Read)}", "Confirm that you have read exactly this content");
    }
}
