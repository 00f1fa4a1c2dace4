namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>What disclosures show of a case.</summary>
internal static class DisclosureWeb
{
    public static void Register(CaseWeb web)
    {
        DisclosureTimeline.Register(web);
        web
            .Obligation(DisclosureObligations.DecideDisclosure, new(
                number => $"Decision on disclosure {number}",
                number => $"Decide on disclosure {number}",
                (reference, number) => Routes.Disclosure(reference, number!.Value)))
            .Obligation(DisclosureObligations.ReviseDisclosure, new(
                number => $"Disclosure {number} to be changed or withdrawn",
                number => $"Change or withdraw disclosure {number}",
                (reference, number) => Routes.ReviseDisclosure(reference, number!.Value)))
            .Obligation(DisclosureObligations.MakeDisclosure, new(
                number => $"Disclosure {number} to be made",
                number => $"Record that disclosure {number} was made",
                (reference, number) => Routes.DisclosureMade(reference, number!.Value)))
            .Actions(Possible)
            .Section(new("Disclosures/_Section", CaseSectionPlace.Record, view => view.Case.Disclosures.Count > 0))
            .Endpoints(DisclosureEndpoints.Map)
            .EmailPage(DisclosureReactions.DisclosurePage, (email, _) => Routes.Disclosure(email.Reference, email.Number!.Value))
            .EmailPage(
                DisclosureReactions.DecisionPage,
                (email, token) => Routes.DecideDisclosure(email.Reference, email.Number!.Value, token!))
            .Document<IReadOnlyList<DisclosureDocument>>("disclosures", view =>
                view.IsWhole || view.Case.Disclosures.Count > 0 ? view.Case.Disclosures.Select(DisclosureDocument.Of).ToList() : null);
    }

    private static IEnumerable<(CaseCommand Command, CaseAction Action)> Possible(CaseActions now)
    {
        foreach (var disclosure in now.Case.Disclosures)
        {
            var number = disclosure.Number;
            if (disclosure.Stage == DisclosureStage.AwaitingApproval)
                yield return (new DecideDisclosure { Number = number }, now.Owed(DisclosureObligations.DecideDisclosure, number));
            if (disclosure.Stage is DisclosureStage.ChangeRequested or DisclosureStage.Lapsed or DisclosureStage.ApprovalEnded && now.Case.IsManaged)
                yield return (new ReviseDisclosure(number, disclosure.Content), now.Owed(DisclosureObligations.ReviseDisclosure, number));
            if (disclosure.CanBeRecorded)
                yield return (new RecordDisclosure(number, new()), now.Owed(DisclosureObligations.MakeDisclosure, number));
            if (disclosure.Stage == DisclosureStage.Approved)
            {
                yield return (
                    new ReplaceDiscloser(number, null, null),
                    new($"Name another discloser for disclosure {number}", Routes.ReplaceDiscloser(now.Reference, number)));
                yield return (
                    new RevokeApproval(number, null),
                    new($"Revoke the approval of disclosure {number}", Routes.RevokeApproval(now.Reference, number)));
            }
        }

        if (now.Case.IsManaged) yield return (new ProposeDisclosure(), new("Propose a disclosure", Routes.NewDisclosure(now.Reference)));
    }
}
