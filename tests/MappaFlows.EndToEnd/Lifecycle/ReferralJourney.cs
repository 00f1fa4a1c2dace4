using MappaFlows.EndToEnd.Browsers;
using Microsoft.Playwright;

namespace MappaFlows.EndToEnd.Lifecycle;

/// <summary>A referral as a referrer fills it in, page after page.</summary>
internal sealed class ReferralJourney(Visitor riley)
{
    /// <summary>Goes from the first page to the check page, with one mistake on the way.</summary>
    public async Task FillAsync(DateOnly today, DateOnly expiry)
    {
        await PlacementAsync();
        await SubjectAsync();

        await riley.SeesPageAsync("Identity numbers");
        await riley.FillAsync("Probation number (optional)", "X123456");
        await ContinueAsync();

        await riley.SeesPageAsync("Addresses");
        await riley.ChooseAsync("Does the person have a fixed address?", "Yes");
        await riley.FillAsync("Current address", "1 Example Street\nExampleton");
        await ContinueAsync();

        await riley.SeesPageAsync("Offence and sentence");
        await riley.FillAsync("Index offence or caution", "Wounding with intent");
        await riley.ChooseAsync("What kind of offence is it?", "An offence in Schedule 15 to the Criminal Justice Act 2003");
        await riley.ChooseAsync("How was it dealt with?", "Imprisonment or detention, suspended or not");
        await riley.FillAsync("Years", "4");
        await riley.FillAsync("Short summary of the offence", "A made-up offence.");
        await ContinueAsync();

        await riley.SeesPageAsync("Dates");
        await riley.FillAsync("Date of the sentence or caution", today.AddYears(-1));
        await riley.FillAsync("Sentence expiry date", expiry);
        await ContinueAsync();

        await riley.SeesPageAsync("Risk of serious harm");
        await riley.SelectAsync("Risk to the public", "High");
        await ContinueAsync();

        await riley.SeesPageAsync("Reasons for the referral");
        await riley.FillAsync("What behaviour and attitudes worry you?", "Made-up behaviour.");
        await riley.FillAsync("What is the current risk management plan?", "A made-up plan.");
        await riley.FillAsync("Why is a lower level not enough?", "Several agencies have to act together.");
        await ContinueAsync();

        await riley.SeesPageAsync("Victims, children and domestic abuse");
        await ContinueAsync();

        await riley.SeesPageAsync("Meeting and contacts");
        await riley.FillAsync("Name of the manager who countersigns", "Morgan Manager");
        await ContinueAsync();
    }

    public async Task PlacementAsync()
    {
        await riley.SeesPageAsync("Area, category and level");
        await riley.ChooseAsync("Category", "Category 2: violent or other sexual offender");
        await riley.ChooseAsync("Level sought", "Level 2: formal meetings of agencies");
        await riley.ChooseAsync("Lead agency", "Probation Service");
        await ContinueAsync();
    }

    /// <summary>First with a date that cannot be: the page says so beside the field, and keeps all that was typed.</summary>
    private async Task SubjectAsync()
    {
        await riley.SeesPageAsync("The person");
        await riley.FillAsync("Given names", "Sam");
        await riley.FillAsync("Family name", "Sample");
        await riley.FillAsync("Ethnicity", "Not known");
        var birth = riley.Question("Date of birth");
        await birth.GetByLabel("Day").FillAsync("31");
        await birth.GetByLabel("Month").FillAsync("2");
        await birth.GetByLabel("Year").FillAsync("1985");
        await ContinueAsync();
        await riley.SeesErrorAsync("Date of birth must be a real date");
        await Assertions.Expect(riley.Field("Given names")).ToHaveValueAsync("Sam");
        await Assertions.Expect(birth.GetByLabel("Day")).ToHaveValueAsync("31");
        await riley.FillAsync("Date of birth", new DateOnly(1985, 2, 28));
        await ContinueAsync();
    }

    private Task ContinueAsync() => riley.PressAsync("Save and continue");
}
