using MappaFlows.Web.Tests.Cases;

namespace MappaFlows.Web.Tests.Referrals;

/// <summary>The last page before a referral is sent.</summary>
[Collection(nameof(ReferralPages))]
public sealed class CheckTests(ProductFactory product)
{
    [Fact]
    public async Task Incomplete_referral_lists_missing_answers_with_links()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync();
        var check = await riley.ReadAsync($"/referrals/{draft.Id}/check");
        Assert.Empty(check.Errors);

        var answer = await riley.SubmitAsync(check);

        Assert.Equal(422, answer.Status);
        Assert.Contains("Enter a name: a family name, given names or both", answer.Errors);
        Assert.Contains("Enter the name of the countersigning manager", answer.Errors);
        var shown = answer.Document.QuerySelectorAll("p.govuk-error-message");
        Assert.Equal(answer.Errors.Count, shown.Length);
        Assert.All(
            answer.Document.QuerySelectorAll(".govuk-error-summary__list a"),
            link => Assert.NotNull(answer.Document.QuerySelector(link.GetAttribute("href")!)));
        var mend = answer.Document.QuerySelector("#problem-Subject-FamilyName a")!.GetAttribute("href")!;
        Assert.Equal($"/referrals/{draft.Id}/subject?change=true#Input_FamilyName", mend);

        // A change leads back to where it was asked for.
        var changed = await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/identifiers?change=true"), ("Input.Probation", "X123456"));
        Assert.Equal($"/referrals/{draft.Id}/check", changed.Location);
    }

    [Fact]
    public async Task A_referral_sent_twice_is_one_case_and_one_confirmation()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync(complete: true);
        var check = await riley.ReadAsync($"/referrals/{draft.Id}/check");

        var first = await riley.SubmitAsync(check);
        var second = await riley.SubmitAsync(check);

        Assert.Equal(303, first.Status);
        Assert.Equal((303, first.Location), (second.Status, second.Location));
        Assert.Equal(CaseReference.For(DemoPeople.Referrer.Id, draft.Id).ToString(), first.Location!.Split('/')[^1]);
        Assert.Null(await product.Drafts().FindAsync(DemoPeople.Referrer.Id, draft.Id));

        // A page of the draft that was still open leads to the confirmation too.
        Assert.Equal(first.Location, (await riley.OpenAsync($"/referrals/{draft.Id}/subject")).Location);
        Assert.Single((await product.EventsAsync(CaseReference.For(DemoPeople.Referrer.Id, draft.Id))).OfType<ReferralSubmitted>());
    }

    [Fact]
    public async Task Double_submit_creates_one_case()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync(complete: true);
        var check = await riley.ReadAsync($"/referrals/{draft.Id}/check");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => riley.SubmitAsync(check)));

        Assert.All(answers, answer => Assert.Equal((303, answers[0].Location), (answer.Status, answer.Location)));
        Assert.Single((await product.EventsAsync(CaseReference.For(DemoPeople.Referrer.Id, draft.Id))).OfType<ReferralSubmitted>());
    }

    [Fact]
    public async Task Answer_of_a_choice_that_was_undone_is_not_shown_and_not_sent()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync(complete: true);
        await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/offence"),
            ("Input.Disposal", nameof(Disposal.HospitalOrder)),
            ("Input.SentenceMonths", "47"));

        var check = await riley.ReadAsync($"/referrals/{draft.Id}/check");

        Assert.DoesNotContain("47 months", check.Text);
        await riley.SubmitAsync(check);
        Assert.Null((await product.CaseAsync(CaseReference.For(DemoPeople.Referrer.Id, draft.Id))).Referral.Offence.SentenceMonths);
    }

    [Fact]
    public async Task Typed_markup_is_encoded()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync(complete: true, familyName: "<script>alert(1)</script>");

        var check = await riley.ReadAsync($"/referrals/{draft.Id}/check");

        Assert.Contains("<script>alert(1)</script>", check.Text);
        Assert.Empty(check.Document.QuerySelectorAll("main script"));
    }
}
