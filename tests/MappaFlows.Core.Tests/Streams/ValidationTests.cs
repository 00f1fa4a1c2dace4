namespace MappaFlows.Core.Tests.Streams;

public sealed class ValidationTests
{
    [Fact]
    public void All_problems_are_collected_in_order()
    {
        var validation = new Validation();

        validation.Text(null, "Name", "the name");
        validation.Require(false, "Age", "Enter an age");
        validation.Given((int?)null, "Size", "Enter a size");

        Assert.True(validation.HasFailed);
        Assert.Equal(RefusalKind.Invalid, validation.Refused.Kind);
        Assert.Equal([new("Name", "Enter the name"), new("Age", "Enter an age"), new("Size", "Enter a size")], validation.Refused.Problems);
    }

    [Theory]
    [InlineData(" ", "Enter the name")]
    [InlineData("", "Enter the name")]
    [InlineData("four", "The name must be 3 characters or fewer: you have entered 4")]
    public void A_text_that_is_blank_or_too_long_is_a_problem(string text, string message)
    {
        var validation = new Validation();

        validation.Text(text, "Name", "the name", 3);

        Assert.Equal(message, Assert.Single(validation.Problems).Message);
    }

    [Fact]
    public void An_optional_text_may_be_blank_but_not_too_long()
    {
        var validation = new Validation();

        validation.OptionalText(null, "Note", "the note", 3);
        validation.OptionalText(" ", "Note", "the note", 3);
        Assert.False(validation.HasFailed);

        validation.OptionalText("four", "Note", "the note", 3);
        Assert.True(validation.HasFailed);
    }

    [Fact]
    public void Nothing_wrong_is_no_failure()
    {
        var validation = new Validation();

        validation.Text("Alex", "Name", "the name");

        Assert.False(validation.HasFailed);
        Assert.Empty(validation.Problems);
    }
}
