namespace MappaFlows.Core.Tests.Notification;

public class IndefiniteReviewTests
{
    private static readonly DateOnly Notified = new(2026, 6, 3);

    [Theory]
    [InlineData(false, "2041-06-03")]
    [InlineData(true, "2034-06-03")]
    public void The_first_application_comes_after_fifteen_years_or_eight_for_someone_under_18(bool under18, string day) =>
        Assert.Equal(DateOnly.Parse(day), IndefiniteReview.First(PolicyBook.Default, "kent", Notified, under18).Day);

    [Fact]
    public void A_further_application_comes_eight_years_after_the_decision() =>
        Assert.Equal(new DateOnly(2034, 6, 3), IndefiniteReview.Further(PolicyBook.Default, "kent", Notified).Day);

    [Fact]
    public void The_chief_officer_decides_within_twelve_weeks()
    {
        var due = IndefiniteReview.DecisionBy(PolicyBook.Default, "kent", Notified);

        Assert.Equal(new DateOnly(2026, 8, 26), due.Day);
        Assert.Equal(
            "12 weeks after the application was received on 3 June 2026. Policy edition 2026-01: from a public source.",
            due.Explanation);
    }
}
