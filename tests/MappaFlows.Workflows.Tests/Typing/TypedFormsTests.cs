using MappaFlows.Testing.Tables;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.Workflows.Tests.Typing;

/// <summary>What is kept of forms: bounded, of one person, and not for ever.</summary>
public sealed class TypedFormsTests
{
    private const string Casey = "casey-coordinator";
    private static readonly string Form = new('a', 32);

    private readonly FakeTimeProvider _time = new(new(2026, 11, 30, 14, 2, 0, TimeSpan.Zero));
    private readonly TypedForms _forms;

    public TypedFormsTests() => _forms = new(new MemoryStore(), _time);

    [Fact]
    public async Task Each_sheet_keeps_its_newest_text_and_the_newest_sheet_comes_first()
    {
        await SaveAsync("one", "First");
        await SaveAsync("two", "Second");
        await SaveAsync("one", "First, more");

        Assert.Equal(["First, more", "Second"], await TextsAsync());
        Assert.Empty(await _forms.FindAsync("riley-referrer", Form));
        Assert.Empty(await _forms.FindAsync(Casey, new('b', 32)));
    }

    [Fact]
    public async Task A_sheet_replaces_the_one_that_it_began_with_unless_that_was_changed()
    {
        await SaveAsync("one", "First");
        var began = (await _forms.FindAsync(Casey, Form))[0].Sheet;
        await SaveAsync("two", "First, gone on with", began);
        Assert.Equal(["First, gone on with"], await TextsAsync());

        began = (await _forms.FindAsync(Casey, Form))[0].Sheet;
        await SaveAsync("two", "Typed on in the other tab");
        await SaveAsync("three", "Of this tab", began);

        Assert.Equal(["Of this tab", "Typed on in the other tab"], await TextsAsync());
    }

    [Fact]
    public async Task What_was_recorded_is_gone_and_what_comes_of_it_too_late_is_not_kept()
    {
        await SaveAsync("one", "First");
        await _forms.RecordedAsync(Casey, Form, "one");

        Assert.Empty(await TextsAsync());
        Assert.Null(await SaveAsync("one", "Too late"));
        Assert.Empty(await TextsAsync());
    }

    [Fact]
    public async Task What_a_browser_sends_first_after_its_form_was_recorded_is_not_kept_either()
    {
        await _forms.RecordedAsync(Casey, Form, "one", wasKept: true);

        Assert.Null(await SaveAsync("one", "Too late"));
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_not_kept_and_leaves_the_one_before()
    {
        await SaveAsync("one", "Short");

        Assert.Null(await SaveAsync("one", new('x', TypedForms.MaxCharacters)));
        Assert.Equal(["Short"], await TextsAsync());
    }

    [Fact]
    public async Task The_longest_text_fits_into_its_row()
    {
        // Characters that take the most room and cannot be packed: two for each of the pair, of many kinds.
        var random = new Random(1);
        var text = string.Concat(Enumerable.Range(0, (TypedForms.MaxCharacters - 20) / 2).Select(_ =>
            char.ConvertFromUtf32(random.Next(0x10000, 0x10FFFF))));

        Assert.NotNull(await SaveAsync("one", text));
        Assert.Equal([text], await TextsAsync());
    }

    [Fact]
    public async Task The_number_of_sheets_and_forms_is_bounded_and_the_oldest_go_first()
    {
        for (var i = 0; i < TypedForms.MaxSheets + 2; i++) await SaveAsync($"sheet{i}", $"{i}");
        Assert.Equal(["6", "5", "4", "3", "2"], await TextsAsync());

        for (var i = 0; i < TypedForms.MaxForms; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await _forms.SaveAsync(Casey, $"{i:D32}", "sheet", [new("Input.Reason", $"{i}")]);
        }

        Assert.Empty(await TextsAsync());
        Assert.Single(await _forms.FindAsync(Casey, $"{0:D32}"));
    }

    [Fact]
    public async Task What_is_old_is_removed_and_what_was_changed_since_stays()
    {
        await SaveAsync("one", "Old");
        await SaveAsync("two", "Changed since");
        await _forms.SaveAsync("riley-referrer", Form, "sheet", [new("Input.Reason", "Old too")]);
        _time.Advance(TimeSpan.FromDays(5));
        await SaveAsync("two", "Changed since");
        await _forms.RemoveOldAsync();
        Assert.Equal(2, (await TextsAsync()).Count);

        _time.Advance(TimeSpan.FromDays(4));
        await _forms.RemoveOldAsync();
        Assert.Equal(["Changed since"], await TextsAsync());
        Assert.Empty(await _forms.FindAsync("riley-referrer", Form));

        _time.Advance(TimeSpan.FromDays(5));
        await _forms.RemoveOldAsync();
        Assert.Empty(await TextsAsync());
    }

    private async Task<DateTimeOffset?> SaveAsync(string sheet, string text, TypedSheet? began = null)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return await _forms.SaveAsync(Casey, Form, sheet, [new("Input.Reason", text)], began);
    }

    private async Task<IReadOnlyList<string>> TextsAsync() =>
        [.. (await _forms.FindAsync(Casey, Form)).Select(typed => typed.Fields[0].Value)];
}
