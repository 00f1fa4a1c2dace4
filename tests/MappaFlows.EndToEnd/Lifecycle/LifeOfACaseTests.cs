using MappaFlows.EndToEnd.Browsers;
using MappaFlows.EndToEnd.Site;
using MappaFlows.Testing.Product;
using MappaFlows.Web.Hosting;
using Microsoft.Playwright;

namespace MappaFlows.EndToEnd.Lifecycle;

/// <summary>
/// The whole product as the people who use it meet it: everything is done by clicking, and what others did is heard of by email.
/// </summary>
public sealed class LifeOfACaseTests(BrowserFixture browser) : BrowserTest(browser)
{
    private const string RileysAddress = "riley.referrer@probation.example";
    private const string CaseysAddress = "casey.coordinator@police.example";
    private const string CharliesAddress = "charlie.chair@police.example";
    private const string MorgansAddress = "morgan.manager@probation.example";
    private const string PrisonsAddress = "mappa.hampshire@prisons.example";

    private const string Information = "Sam Sample must not be alone with children at the school.";

    private readonly string _data = Directory.CreateTempSubdirectory("mappaflows-life-").FullName;
    private ProductProcess? _product;

    protected override Uri Address => Product.Address;

    private ProductProcess Product => _product ?? throw new InvalidOperationException("The product has not been started.");

    public override async ValueTask InitializeAsync() => _product = await ProductProcess.StartAsync(_data);

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await base.DisposeAsync();
        }
        finally
        {
            if (_product is not null) await _product.DisposeAsync();
            Directory.Delete(_data, recursive: true);
        }
    }

    [Fact]
    public async Task A_case_is_lived_through_from_referral_to_its_timed_exit()
    {
        var clock = new ClockPage(await VisitAsync(), Product);
        var began = await clock.NowAsync();
        var today = DateOnly.FromDateTime(began.UtcDateTime);
        var expiry = today.AddYears(2);

        // Riley refers somebody, and sends the referral once however often the button is pressed.
        var riley = await VisitAsAsync("Riley Referrer");
        await riley.PressAsync("Refer someone");
        await riley.PressAsync("Start the referral");
        await new ReferralJourney(riley).FillAsync(today, expiry);
        await CheckAndChangeAsync(riley);
        await riley.Button("Send the referral").DblClickAsync();
        await riley.SeesPageAsync("Referral sent");
        var reference = await riley.Page.Locator("#reference").InnerTextAsync();

        // Casey hears of it, asks a question, and Riley answers.
        var casey = await VisitAsync();
        await new Mailbox(casey).FollowAsync(CaseysAddress, "new referral to screen", reference);
        await casey.SignInAsync("Casey Coordinator");
        await casey.SeesPageAsync("Screening");
        await casey.ChooseAsync("What do you decide?", "Ask the referrer for more");
        await casey.FillAsync("Your reasons, or your question to the referrer", "Which prison is the person in?");
        await casey.PressAsync("Continue");
        await casey.PressAsync("Send the question");
        await casey.SeesAsync("Your question is sent.");
        await casey.SeesAsync("Waiting for the referrer");

        await new Mailbox(riley).FollowAsync(RileysAddress, "more information needed", reference);
        await riley.SeesAsync("Which prison is the person in?");
        await riley.FillAsync("Your answer", "The prison at Exampleton.");
        await riley.PressAsync("Send the answer");
        await riley.SeesAsync("Waiting for screening");

        // Casey accepts.
        await new Mailbox(casey).FollowAsync(CaseysAddress, "question answered", reference);
        await casey.SeesAsync("The prison at Exampleton.");
        await casey.ChooseAsync("What do you decide?", "Accept");
        await casey.ChooseAsync("At which level?", "Level 2: formal meetings of agencies");
        await casey.FillAsync("Your reasons, or your question to the referrer", "Several agencies have to act together.");
        await casey.PressAsync("Continue");
        await casey.SeesPageAsync("Check before you accept the referral");
        await casey.PressAsync("Accept at level 2");
        await casey.SeesAsync("The referral is accepted at level 2.");
        await casey.SeesAsync("Meeting 1 to be held");
        await new Mailbox(riley).OpenAsync(RileysAddress, "referral accepted", reference);

        await MeetAsync(casey, clock, reference, began.AddDays(12));
        await DiscloseAsync(casey, reference);

        // Riley reads what became of the referral, and nothing of what came after.
        var referrer = await VisitAsAsync("Riley Referrer");
        await referrer.OpenAsync($"/cases/{reference}");
        await referrer.SeesAnswerAsync("Decision", "Accepted at level 2");
        Assert.Equal(
            ["Referral received", "More information asked for", "Question answered", "Accepted at level 2"],
            await TimelineAsync(referrer));
        await Assertions.Expect(referrer.Page.Locator("body")).Not.ToContainTextAsync("Robin Recipient");

        // The court varies the sentence: the exit moves with it.
        var later = expiry.AddYears(1);
        await ChangeExpiryAsync(casey, reference, expiry, later);

        await ReviewBeforeExitAsync(clock, reference, later);

        // The day after, the case has closed by itself, once.
        await clock.MoveToAsync(Noon(later.AddDays(1)));
        var morgan = await VisitAsync();
        await new Mailbox(morgan).FollowAsync(MorgansAddress, "case closed", reference);
        await morgan.SignInAsync("Morgan Manager");
        await morgan.SeesAnswerAsync("Reason", "The sentence expired");
        await morgan.SeesAnswerAsync("Last day under MAPPA", UkTime.Date(later));
        await morgan.SeesAsync("Nothing now. The case has ended.");
        Assert.Equal(
            [
                "Referral received", "More information asked for", "Question answered", "Accepted at level 2",
                "Meeting 1 arranged", "Meeting 1 held and recorded", "Meeting 2 arranged", "Minutes of meeting 1 sent",
                "Disclosure 1 proposed", "Link to decide on disclosure 1 sent", "Disclosure 1 approved", "Disclosure 1 made",
                "Sentence expiry changed", "Review before exit recorded", "Review before exit recorded", "Case closed",
            ],
            (await TimelineAsync(morgan)).Where(title => title is not ("Reminder sent" or "Overdue, and passed on" or "Still overdue, and told again")));
        Assert.DoesNotContain("by", await morgan.Page.Locator(".moj-timeline__byline").AllInnerTextsAsync());
        await morgan.FollowAsync("Check that the record is complete and unbroken");
        await morgan.SeesAsync("The record is complete and unbroken");
    }

    private static DateTimeOffset Noon(DateOnly day) => new(day, new(12, 0), TimeSpan.Zero);

    /// <summary>The check page shows the answers; one of them is changed, and the browser's back button loses nothing.</summary>
    private static async Task CheckAndChangeAsync(Visitor riley)
    {
        await riley.SeesPageAsync("Check your answers before you send the referral");
        await riley.SeesAsync("Wounding with intent");
        await riley.FollowAsync("Change (The person)");
        await riley.FillAsync("Family name", "Sampleton");
        await riley.PressAsync("Save and continue");
        await riley.SeesPageAsync("Check your answers before you send the referral");
        await riley.SeesAsync("Sampleton");
        await riley.Page.GoBackAsync();
        await riley.SeesPageAsync("The person");
        await Assertions.Expect(riley.Field("Given names")).ToHaveValueAsync("Sam");
        await riley.Page.GoForwardAsync();
        await riley.SeesPageAsync("Check your answers before you send the referral");
    }

    /// <summary>
    /// The first meeting: arranged inside its clock, held, recorded with what must not be left out, and followed by the next and by
    /// minutes.
    /// </summary>
    private async Task MeetAsync(Visitor casey, ClockPage clock, string reference, DateTimeOffset about)
    {
        var day = DateOnly.FromDateTime(about.UtcDateTime);
        await casey.FollowAsync("Arrange meeting 1");
        await casey.SeesAsync("This meeting must be held by");
        await ArrangeAsync(casey, day, 1);

        await new Mailbox(casey).OpenAsync(PrisonsAddress, "invitation to a meeting", reference);
        var invitation = await casey.Page.RunAndWaitForDownloadAsync(
            () => casey.Main.GetByRole(AriaRole.Link).Filter(new() { HasText = ".ics" }).ClickAsync());
        var calendar = await File.ReadAllTextAsync(await invitation.PathAsync());
        Assert.Contains("BEGIN:VEVENT", calendar, StringComparison.Ordinal);
        Assert.DoesNotContain("Sample", calendar, StringComparison.Ordinal);

        await clock.MoveToAsync(Noon(day).AddHours(4));
        await casey.OpenAsync($"/cases/{reference}");
        await casey.FollowAsync("Record meeting 1");
        foreach (var agency in (string[])["Police", "Probation Service", "Prison Service"]) await casey.ChooseAsync(agency, "Present");
        await casey.FillAsync("What was decided", "Visit the person every week.");
        await casey.FillAsync("Rationale", "It lowers the risk to the public.");
        await casey.ChooseAsync("Level from now on", "Level 2: formal meetings of agencies");
        await casey.PressAsync("Continue");
        await casey.SeesErrorAsync("Select whether disclosure was considered");
        await Assertions.Expect(casey.Field("Rationale")).ToHaveValueAsync("It lowers the risk to the public.");
        await casey.ChooseAsync("Was disclosure considered?", "Yes");
        await casey.FillAsync("Outcome, and why", "The school has to know.");
        await casey.PressAsync("Continue");
        await casey.SeesPageAsync("Check before you record meeting 1");
        await casey.PressAsync("Go back and change");
        await casey.SeesPageAsync("Record meeting 1");
        await Assertions.Expect(casey.Field("Outcome, and why")).ToHaveValueAsync("The school has to know.");
        await casey.PressAsync("Continue");
        await casey.PressAsync("Record the outcome");

        await casey.SeesPageAsync("Arrange meeting 2");
        await ArrangeAsync(casey, day.AddDays(56), 2);

        await casey.OpenAsync($"/cases/{reference}");
        await casey.FollowAsync("Record that the minutes of meeting 1 went out");
        await casey.PressAsync("Continue");
        await casey.PressAsync("The minutes went out");
        await casey.SeesAsync("It is recorded that the minutes of meeting 1 went out.");
        await new Mailbox(casey).OpenAsync(PrisonsAddress, "minutes ready", reference);
    }

    private static async Task ArrangeAsync(Visitor casey, DateOnly day, int number)
    {
        await casey.FillAsync("Date", day);
        await casey.FillAsync("Time", "10:30am");
        await casey.FillAsync("How long it takes", "90");
        await casey.FillAsync("Where it is, or how to join", "Room 1, Example House");
        await casey.PressAsync("Arrange the meeting and invite");
        await casey.SeesPageAsync($"Meeting {number}");
        await casey.SeesAsync($"{UkTime.Date(day)} at 10:30am, for 1 hour 30 minutes");
    }

    /// <summary>A disclosure: proposed by Casey, approved by Charlie alone through the emailed link, made by Morgan.</summary>
    private async Task DiscloseAsync(Visitor casey, string reference)
    {
        await casey.OpenAsync($"/cases/{reference}");
        await casey.FollowAsync("Propose a disclosure");
        await casey.FillAsync("What is to be disclosed", Information);
        await casey.FillAsync("Name", "Robin Recipient");
        await casey.FillAsync("How to reach them", "01632 960000");
        await casey.FillAsync("Relationship to those at risk", "Head teacher");
        await casey.SelectAsync("Discloser", "Morgan Manager, Probation Service");
        await casey.ChooseAsync("How", "In person");
        await casey.FillAsync("Reasons for disclosure", "The children of the school are at risk.");
        await casey.FillAsync("Reasons against disclosure", "The person may lose their lodging.");
        await casey.ChooseAsync("Does the presumption to disclose apply?", "No");
        await casey.ChooseAsync("Will the person be informed of the disclosure?", "Yes");
        await casey.ChooseAsync("Who is asked to approve it?", "Charlie Chair, Police");
        await casey.PressAsync("Propose and ask for approval");
        await casey.SeesPageAsync("Disclosure 1");
        await casey.SeesAsync("Waiting for approval");

        // The link is a pointer: in anybody else's hands it shows nothing.
        var link = await VisitAsync();
        await new Mailbox(link).OpenAsync(CharliesAddress, "your decision is needed", reference);
        var address = await new Mailbox(link).LinkAsync();
        await link.Page.GotoAsync(address);
        await link.SignInAsync("Parker Police");
        await link.SeesPageAsync("You were not asked to make this decision");
        await Assertions.Expect(link.Page.Locator("body")).Not.ToContainTextAsync("Sam");
        await link.SignOutAsync();

        await link.Page.GotoAsync(address);
        await link.SignInAsync("Charlie Chair");
        await link.SeesPageAsync("Decide on a disclosure");
        await link.SeesAsync(Information);
        await link.ChooseAsync("What do you decide?", "Approve");
        await link.FillAsync("Your reasons", "Necessary and proportionate.");
        await link.TickAsync("I have read exactly this content");
        await link.PressAsync("Continue");
        await link.SeesPageAsync("Check your decision");
        await link.PressAsync("Approve the disclosure");
        await link.SeesPageAsync("Decision recorded");
        await link.Page.GotoAsync(address);
        await link.SeesPageAsync("This was decided already");
        await link.SeesAsync("Approved by Charlie Chair");

        var morgan = await VisitAsync();
        await new Mailbox(morgan).FollowAsync(MorgansAddress, "disclosure to make", reference);
        await morgan.SignInAsync("Morgan Manager");
        await morgan.PressAsync("Record that it was made");
        await morgan.SeesAsync(Information);
        await morgan.FillAsync("When did you make the disclosure?", DateOnly.FromDateTime((await new ClockPage(morgan, Product).NowAsync()).UtcDateTime));
        await morgan.ChooseAsync("How did you make it?", "In person");
        await morgan.ChooseAsync("Did the recipient undertake to keep it confidential?", "Yes");
        await morgan.PressAsync("Continue");
        await morgan.PressAsync("Record the disclosure");
        await morgan.SeesPageAsync("Disclosure 1");
        await morgan.SeesAsync("Made");
        await new Mailbox(casey).OpenAsync(CaseysAddress, "disclosure made", reference);
    }

    private static async Task ChangeExpiryAsync(Visitor casey, string reference, DateOnly from, DateOnly to)
    {
        await casey.OpenAsync($"/cases/{reference}");
        await casey.SeesAsync($"The case closes by itself at the end of {UkTime.Date(from)}.");
        await casey.FollowAsync("Change a date");
        await casey.ChooseAsync("Which date changes?", "Sentence expiry");
        await casey.FillAsync("The new date", to);
        await casey.FillAsync("Why does it change?", "Varied on appeal.");
        await casey.PressAsync("Continue");
        await casey.SeesPageAsync("Check what changes");
        await Assertions.Expect(casey.Page.GetByRole(AriaRole.Row, new() { Name = "The case closes" }))
            .ToContainTextAsync($"{UkTime.Date(from)} {UkTime.Date(to)}");
        await casey.PressAsync("Change the date");
        await casey.SeesAsync($"The case closes by itself at the end of {UkTime.Date(to)}.");
        await new Mailbox(casey).OpenAsync(MorgansAddress, "dates changed", reference);
    }

    /// <summary>Six months and 28 days before the exit the lead agency is asked for a review, and gives it.</summary>
    private async Task ReviewBeforeExitAsync(ClockPage clock, string reference, DateOnly exit)
    {
        var morgan = await VisitAsync();
        foreach (var due in (DateOnly[])[exit.AddMonths(-6), exit.AddDays(-28)])
        {
            await clock.MoveToAsync(Noon(due.AddDays(-1)));
            await new Mailbox(morgan).FollowAsync(MorgansAddress, "record the review before exit", reference);
            if (due == exit.AddMonths(-6)) await morgan.SignInAsync("Morgan Manager");
            await morgan.FollowAsync("Record the review before exit");
            await morgan.SeesAsync($"Due by {UkTime.Date(due)}");
            await morgan.FillAsync("What did the review conclude?", "The risk that remains is managed by the police.");
            await morgan.ChooseAsync("Should Category 3 be considered when this basis ends?", "No");
            await morgan.PressAsync("Continue");
            await morgan.PressAsync("Record the review");
            await morgan.SeesAsync("Review before exit recorded");
        }
    }

    /// <summary>The titles of everything that happened, the oldest first, from all pages of the timeline.</summary>
    private static async Task<IReadOnlyList<string>> TimelineAsync(Visitor reader)
    {
        List<string> titles = [];
        var older = reader.Page.GetByRole(AriaRole.Navigation, new() { Name = "Timeline" }).GetByRole(AriaRole.Link, new() { Name = "Next" });
        while (true)
        {
            titles.AddRange(await reader.Page.Locator(".moj-timeline__title").AllInnerTextsAsync());
            if (await older.CountAsync() == 0) break;
            await reader.OpenAsync((await older.GetAttributeAsync("href"))!);
        }

        titles.Reverse();
        return titles;
    }
}
