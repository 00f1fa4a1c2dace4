namespace MappaFlows.Core.Disclosures;

/// <summary>Who may read, decide and record one disclosure, even if they may not read the rest of its case.</summary>
public static class DisclosurePermissions
{
    /// <summary>Someone who was asked to decide it, or who is to make it.</summary>
    public static bool MayRead(Person person, Disclosure disclosure) =>
        disclosure.MayBeDecidedBy(person.Id) || IsDiscloser(person, disclosure);

    /// <summary>Someone who was asked, and still holds a role that approves: judged when the act is done.</summary>
    public static bool MayDecide(Person person, CaseState state, DecideDisclosure command) => Approves(person, state, command.Number);

    /// <summary>Its approver, any Chair or deputy of the area, and the coordinators: whoever learns first that it must not be made.</summary>
    public static bool MayRevoke(Person person, CaseState state, RevokeApproval command) =>
        CasePermissions.CoordinatesOrChairs(person, state) || Approves(person, state, command.Number);

    /// <summary>Its approver, who decides, and those who can propose, who ask the approver again.</summary>
    public static bool MayReplace(Person person, CaseState state, ReplaceDiscloser command) =>
        CasePermissions.CoordinatesOrLeads(person, state) || Approves(person, state, command.Number);

    public static bool MayRecord(Person person, CaseState state, RecordDisclosure command) =>
        state.FindDisclosure(command.Number) is { } disclosure && IsDiscloser(person, disclosure);

    /// <summary>A Chair or deputy of the area, or a manager of the lead agency there.</summary>
    public static bool HoldsApprovingRole(Person person, CaseState state) => CasePermissions.ChairsOrLeads(person, state);

    /// <summary>
    /// What a part in a disclosure lets someone read of the case: the referral as long as they have to weigh it, and after that whom the
    /// case is about.
    /// </summary>
    public static CaseScope? ScopeOf(Person person, CaseState state)
    {
        if (state.Disclosures.Any(disclosure => disclosure.IsAwaitingApproval && disclosure.MayBeDecidedBy(person.Id)))
            return CaseScope.Referral;
        return state.Disclosures.Any(disclosure => MayRead(person, disclosure)) ? CaseScope.Person : null;
    }

    /// <summary>Someone who works on cases of the area: not a lay adviser, and not someone who only administers.</summary>
    public static bool MayBeDiscloser(Person person) => person.Roles.Any(role => role is not (Role.LayAdviser or Role.Administrator));

    private static bool IsDiscloser(Person person, Disclosure disclosure) =>
        disclosure.DiscloserId == person.Id && (disclosure.CanBeRecorded || disclosure.Stage == DisclosureStage.Made);

    /// <summary>Whether the person decides on this disclosure, and still holds a role that does.</summary>
    private static bool Approves(Person person, CaseState state, int number) =>
        state.FindDisclosure(number) is { } disclosure && disclosure.MayBeDecidedBy(person.Id) && HoldsApprovingRole(person, state);
}
