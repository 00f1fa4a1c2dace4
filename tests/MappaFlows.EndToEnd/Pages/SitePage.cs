using MappaFlows.EndToEnd.Browsers;
using MappaFlows.EndToEnd.Site;
using Microsoft.Playwright;

namespace MappaFlows.EndToEnd.Pages;

/// <summary>A page of the product as some person sees it.</summary>
/// <param name="Person">The name of the person; null for nobody signed in.</param>
/// <param name="Path">Where it is.</param>
public sealed record SitePage(string? Person, Func<SiteFixture, string> Path)
{
    private const string Riley = "Riley Referrer";
    private const string Casey = "Casey Coordinator";
    private const string Charlie = "Charlie Chair";
    private const string Alex = "Alex Admin";
    private const string Morgan = "Morgan Manager";

    /// <summary>The status that it is answered with.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The button that sends its form, where a form that is sent as it stands is refused; null for none.</summary>
    public string? Refusing { get; init; }

    /// <summary>What is done on the page before it is looked at; null for nothing.</summary>
    public Func<Visitor, Task>? Prepare { get; init; }

    /// <summary>Every main page, by a name of its own.</summary>
    public static IReadOnlyDictionary<string, SitePage> All { get; } = new Dictionary<string, SitePage>
    {
        ["sign-in"] = new(null, _ => "/sign-in") { Refusing = "Sign in" },
        ["not-found"] = new(Casey, _ => "/nowhere") { Status = 404 },
        ["mailbox"] = new(null, _ => "/dev/mailbox"),
        ["clock"] = new(null, _ => "/dev/clock") { Refusing = "Move the clock" },
        ["start-coordinator"] = new(Casey, _ => "/"),
        ["start-referrer"] = new(Riley, _ => "/"),
        ["start-chair"] = new(Charlie, _ => "/"),
        ["start-lay-adviser"] = new("Lee Lay", _ => "/"),
        ["forbidden"] = new(Charlie, _ => "/referrals/new") { Status = 403 },
        ["referrals"] = new(Riley, _ => "/referrals"),
        ["referral-new"] = new(Riley, _ => "/referrals/new"),
        ["referral-sent"] = new(Riley, site => $"/referrals/sent/{site.Referred}"),
        ["caseload"] = new(Casey, _ => "/caseload"),
        ["caseload-empty"] = new(Casey, _ => "/caseload?level=Level3"),
        ["area"] = new("Lee Lay", _ => "/area"),
        ["case-referred"] = new(Casey, site => $"/cases/{site.Referred}"),
        ["case-referrer"] = new(Riley, site => $"/cases/{site.Asked}"),
        ["case-referrer-managed"] = new(Riley, site => $"/cases/{site.Disclosing}"),
        ["case-refused"] = new(Casey, site => $"/cases/{site.Refused}"),
        ["case-managed"] = new(Casey, site => $"/cases/{site.Recorded}"),
        ["case-disclosing"] = new(Charlie, site => $"/cases/{site.Disclosing}"),
        ["screening"] = new(Casey, site => $"/cases/{site.Referred}/screening") { Refusing = "Record the decision" },
        ["screening-done"] = new(Casey, site => $"/cases/{site.Level1}/screening"),
        ["answer"] = new(Riley, site => $"/cases/{site.Asked}/answer") { Refusing = "Send the answer" },
        ["meeting-new"] = new(Casey, site => $"/cases/{site.Recorded}/meetings/new") { Refusing = "Arrange the meeting and invite" },
        ["meeting"] = new(Casey, site => $"/cases/{site.Arranged}/meetings/1"),
        ["meeting-recorded"] = new(Casey, site => $"/cases/{site.Recorded}/meetings/1"),
        ["meeting-move"] = new(Casey, site => $"/cases/{site.Arranged}/meetings/1/move") { Refusing = "Move the meeting" },
        ["meeting-record"] = new(Casey, site => $"/cases/{site.Held}/meetings/1/record") { Refusing = "Record the outcome" },
        ["meeting-minutes"] = new(Casey, site => $"/cases/{site.Recorded}/meetings/1/minutes"),
        ["level-1-review"] = new(Morgan, site => $"/cases/{site.Level1}/review") { Refusing = "Record the review" },
        ["disclosure-new"] = new(Casey, site => $"/cases/{site.Disclosing}/disclosures/new") { Refusing = "Propose and ask for approval" },
        ["disclosure-kept"] = new(Casey, site => $"/cases/{site.Disclosing}/disclosures/new") { Prepare = KeepDisclosureAsync },
        ["disclosure"] = new(Casey, site => $"/cases/{site.Disclosing}/disclosures/1"),
        ["disclosure-approved"] = new(Morgan, site => $"/cases/{site.Disclosing}/disclosures/2"),
        ["disclosure-revise"] = new(Casey, site => $"/cases/{site.Disclosing}/disclosures/1/revise") { Refusing = "Change it and ask for approval", Prepare = casey => casey.FillAsync("Name", "") },
        ["disclosure-withdraw"] = new(Casey, site => $"/cases/{site.Disclosing}/disclosures/1/withdraw") { Refusing = "Withdraw the proposal" },
        ["disclosure-made"] = new(Morgan, site => $"/cases/{site.Disclosing}/disclosures/2/made") { Refusing = "Record the disclosure" },
        ["disclosure-revoke"] = new(Charlie, site => $"/cases/{site.Disclosing}/disclosures/2/revoke") { Refusing = "Revoke the approval" },
        ["disclosure-discloser"] = new(Casey, site => $"/cases/{site.Disclosing}/disclosures/2/discloser") { Refusing = "Name the new discloser" },
        ["passed-on-done"] = new(Charlie, site => $"/cases/{site.Recorded}/passed-on/HoldMeeting-1"),
        ["decide"] = new(Charlie, site => site.DecidePath) { Refusing = "Record your decision" },
        ["decide-not-yours"] = new("Parker Police", site => site.DecidePath) { Status = 403 },
        ["dates"] = new(Casey, site => $"/cases/{site.Recorded}/dates") { Refusing = "Continue" },
        ["dates-check"] = new(Casey, site => $"/cases/{site.Recorded}/dates") { Prepare = ChangeDateAsync },
        ["eligibility"] = new(Casey, site => $"/cases/{site.Recorded}/eligibility") { Refusing = "Continue" },
        ["exit"] = new(Charlie, site => $"/cases/{site.Recorded}/exit") { Refusing = "Continue" },
        ["exit-check"] = new(Charlie, site => $"/cases/{site.Recorded}/exit") { Prepare = DecideExitAsync },
        ["operations"] = new(Alex, _ => "/operations"),
        ["log"] = new(Alex, _ => "/operations/log"),
        ["quarantined"] = new(Alex, _ => "/operations/quarantined"),
        ["purge"] = new(Alex, _ => "/operations/purge"),
        ["queued-emails"] = new(Alex, _ => "/operations/queued-emails"),
        ["undelivered-emails"] = new(Alex, _ => "/operations/undelivered-emails"),
        ["checkpoints"] = new(Alex, _ => "/operations/checkpoints"),
        ["exit-review-closed"] = new(Morgan, site => $"/cases/{site.Recorded}/exit-review"),
    };

    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    private static async Task KeepDisclosureAsync(Visitor casey)
    {
        await casey.FillAsync("What is to be disclosed", "Half a page.");
        await Assertions.Expect(casey.Page.Locator("[data-kept]")).ToContainTextAsync("Kept at ");
        await casey.Page.ReloadAsync();
        await casey.SeesAsync("It was not recorded.");
    }

    private static async Task ChangeDateAsync(Visitor casey)
    {
        await casey.ChooseAsync("Which date changes?", "Sentence expiry");
        await casey.FillAsync("The new date", Today.AddYears(7));
        await casey.FillAsync("Why does it change?", "Varied on appeal.");
        await casey.PressAsync("Continue");
        await casey.SeesPageAsync("Check what changes");
    }

    private static async Task DecideExitAsync(Visitor charlie)
    {
        await charlie.ChooseAsync("Why is the person no longer managed?", "The person died");
        await charlie.FillAsync("The last day under MAPPA", Today);
        await charlie.FillAsync("Reasons and evidence", "The certificate was seen.");
        await charlie.PressAsync("Continue");
        await charlie.SeesPageAsync("Check before you close the case");
    }
}
