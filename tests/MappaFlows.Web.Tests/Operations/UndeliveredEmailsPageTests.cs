using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Operations;

public sealed class UndeliveredEmailsPageTests
{
    [Fact]
    public async Task Empty_list_of_undelivered_emails_says_so()
    {
        await using var product = await new ProductFactory().StartAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        Assert.Equal("There are no undelivered emails.", (await alex.ReadAsync("/operations/undelivered-emails")).Document.QuerySelector("#none")!.TextContent);
    }

    [Fact]
    public async Task An_email_is_listed_with_its_cause_and_sent_when_it_is_tried_again()
    {
        await using var product = await new ProductFactory().StartAsync();
        var letter = await product.UndeliveredEmailAsync();
        Assert.Empty(await product.MailAsync(DemoPeople.Coordinator.Email));
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var list = await alex.ReadAsync("/operations/undelivered-emails");
        Assert.Contains($"MAPPA: new referral to screen, {letter.EmailRequest.Reference}", list.Text);
        Assert.Contains("There is no address for the recipient.", list.Text);
        Assert.Equal(["To", "Why", "Since", "Action"], list.StackedLabels());
        var after = await alex.FollowAsync(await alex.ConfirmAsync(list.ActionPath("Try again"), "The address is in the directory now"));

        Assert.Contains("It was sent again.", after.Text);
        Assert.Equal("There are no undelivered emails.", after.Document.QuerySelector("#none")!.TextContent);
        Assert.Single(await product.MailAsync(DemoPeople.Coordinator.Email));
        var entry = await product.NewestEntryAsync();
        Assert.Equal((AdminAction.RetryEmail, letter.EmailRequest.Id), (entry.Action, entry.Target));
        Assert.Empty(await product.Services.GetRequiredService<UndeliveredEmails>().PageAsync(10));
    }

    [Fact]
    public async Task Undelivered_emails_page_is_paged()
    {
        await using var product = await new ProductFactory().StartAsync();
        for (var i = 0; i < 26; i++) await product.UndeliveredEmailAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var first = await alex.ReadAsync("/operations/undelivered-emails");
        var second = await alex.ReadAsync(first.Document.QuerySelector("[rel=next]")!.GetAttribute("href")!);

        Assert.Equal(25, first.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Single(second.Document.QuerySelectorAll("tbody tr"));
        Assert.Null(second.Document.QuerySelector("[rel=next]"));
    }
}
