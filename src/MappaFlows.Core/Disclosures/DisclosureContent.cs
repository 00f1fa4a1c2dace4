using System.Globalization;

namespace MappaFlows.Core.Disclosures;

/// <summary>Exactly what is to be told, to whom, by whom and why: what the approver sees and decides on.</summary>
public sealed record DisclosureContent
{
    /// <summary>The exact information, word for word.</summary>
    public string? Information { get; init; }

    public string? RecipientName { get; init; }

    public string? RecipientContact { get; init; }

    /// <summary>What the recipient is to the person or to those at risk.</summary>
    public string? RecipientRelation { get; init; }

    /// <summary>The person who will tell.</summary>
    public string? DiscloserId { get; init; }

    public DisclosureMethod? Method { get; init; }

    public string? ReasonsFor { get; init; }

    public string? ReasonsAgainst { get; init; }

    /// <summary>What the recipient may do with it.</summary>
    public string? Conditions { get; init; }

    /// <summary>
    /// A managed child sex offender, and reasonable cause to believe in a risk of serious harm to a child: s.327A presumes disclosure.
    /// </summary>
    public bool? PresumptionToDisclose { get; init; }

    /// <summary>Whether the person is told that this is disclosed.</summary>
    public bool? SubjectInformed { get; init; }

    public string? SubjectInformedReasons { get; init; }

    /// <summary>The last day on which it may be made, where the proposal asks for an earlier one than the policy's; null for that.</summary>
    public DateOnly? MakeBy { get; init; }

    /// <summary>
    /// SHA-256 of the content, in hexadecimal: any change is another hash. A property that is added later leaves old hashes as they are.
    /// </summary>
    public string Hash()
    {
        List<string> parts = ["1"];
        Add(nameof(Information), Information);
        Add(nameof(RecipientName), RecipientName);
        Add(nameof(RecipientContact), RecipientContact);
        Add(nameof(RecipientRelation), RecipientRelation);
        Add(nameof(DiscloserId), DiscloserId);
        Add(nameof(Method), Method?.ToString());
        Add(nameof(ReasonsFor), ReasonsFor);
        Add(nameof(ReasonsAgainst), ReasonsAgainst);
        Add(nameof(Conditions), Conditions);
        Add(nameof(PresumptionToDisclose), PresumptionToDisclose?.ToString());
        Add(nameof(SubjectInformed), SubjectInformed?.ToString());
        Add(nameof(SubjectInformedReasons), SubjectInformedReasons);
        Add(nameof(MakeBy), MakeBy?.ToString("O", CultureInfo.InvariantCulture));
        return Hashing.OfParts(parts);

        void Add(string name, string? value)
        {
            if (value is not null) parts.AddRange([name, value]);
        }
    }
}

public enum DisclosureMethod
{
    InPerson,
    Telephone,
    VideoCall,
    Letter,
}

/// <summary>What the approver answered.</summary>
public enum ApprovalOutcome
{
    Approved,
    Refused,
    ChangeRequested,
}

/// <summary>The act of telling.</summary>
public sealed record DisclosureRecord
{
    public DateOnly? On { get; init; }

    public DisclosureMethod? Method { get; init; }

    /// <summary>The recipient undertook to keep it confidential and knows what to do with it.</summary>
    public bool? RecipientUndertook { get; init; }

    public string? Notes { get; init; }

    /// <summary>Why it was not made as it was approved; asked for where it was not.</summary>
    public string? Explanation { get; init; }
}

/// <summary>In what a disclosure was not made as it was approved.</summary>
public enum DisclosureDifference
{
    /// <summary>By another method.</summary>
    OtherMethod,

    /// <summary>The recipient did not undertake to keep it confidential.</summary>
    NoUndertaking,

    /// <summary>After the last day of the approval.</summary>
    AfterLastDay,

    /// <summary>The approval is revoked.</summary>
    Revoked,
}
