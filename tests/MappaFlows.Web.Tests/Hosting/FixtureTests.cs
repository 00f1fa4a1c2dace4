using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MappaFlows.Web.Tests.Hosting;

/// <summary>
/// What our tag helpers write is what GOV.UK Frontend's own templates write: compared, element by element and attribute by attribute, with
/// the fixtures that its package carries, read from where the build of MappaFlows.Web restored it.
/// </summary>
public sealed class FixtureTests
{
    [Theory]
    [InlineData("default")]
    [InlineData("with hint text")]
    [InlineData("with error message")]
    [InlineData("with error and hint")]
    [InlineData("with width-10 class")]
    [InlineData("with label as page heading")]
    [InlineData("with prefix and suffix")]
    [InlineData("with prefix and suffix and error")]
    [InlineData("value")]
    [InlineData("inputmode")]
    [InlineData("with autocomplete attribute")]
    [InlineData("with spellcheck disabled")]
    public Task Input(string fixture) => Matches("input", fixture, options => Field(new InputTagHelper
    {
        Type = Text(options, "type") ?? "text",
        Width = Text(options, "classes")?.Replace("govuk-input--width-", ""),
        Prefix = Text(options, "prefix.text"),
        Suffix = Text(options, "suffix.text"),
        InputMode = Text(options, "inputmode"),
        Autocomplete = Text(options, "autocomplete"),
        Spellcheck = Flag(options, "spellcheck"),
    }, options));

    [Theory]
    [InlineData("default")]
    [InlineData("with hint")]
    [InlineData("with error message")]
    [InlineData("with hint and error message")]
    [InlineData("with default value")]
    [InlineData("with custom rows")]
    [InlineData("with label as page heading")]
    public Task Textarea(string fixture) => Matches("textarea", fixture, options => Field(new TextareaTagHelper
    {
        Rows = Number(options, "rows") ?? 5,
    }, options));

    [Theory]
    [InlineData("default")]
    [InlineData("with hint")]
    [InlineData("with hint and error")]
    [InlineData("with default value exceeding limit")]
    [InlineData("with custom rows")]
    public Task Character_count(string fixture) => Matches("character-count", fixture, options => Field(new TextareaTagHelper
    {
        MaxLength = Number(options, "maxlength"),
        Rows = Number(options, "rows") ?? 5,
    }, options), markup => markup.Replace(" data-count-type=\"characters\"", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("default")]
    [InlineData("with hint text and error message")]
    [InlineData("with label as page heading")]
    public Task Select(string fixture) => Matches("select", fixture, options => Field(new SelectTagHelper { Items = Items(options) }, options));

    [Theory]
    [InlineData("with hint")]
    [InlineData("inline")]
    [InlineData("small inline")]
    [InlineData("with hint and error message")]
    public Task Radios(string fixture) => Matches("radios", fixture, options => Field(new RadiosTagHelper
    {
        Items = Items(options),
        Inline = Text(options, "classes")?.Contains("inline") ?? false,
        Small = Text(options, "classes")?.Contains("small") ?? false,
    }, options));

    [Theory]
    [InlineData("default")]
    [InlineData("with legend as a page heading")]
    [InlineData("with error message and hint")]
    [InlineData("small with error")]
    public Task Checkboxes(string fixture) => Matches("checkboxes", fixture, options => Field(new CheckboxesTagHelper
    {
        Items = Items(options),
        Small = Text(options, "classes")?.Contains("small") ?? false,
    }, options));

    [Theory]
    [InlineData("default")]
    [InlineData("with error message and hint")]
    public Task Date_input(string fixture) => Matches(
        "date-input",
        fixture,
        options => Field(new DateInputTagHelper { Name = "date" }, options),
        // Ours carry the property's name before the part's; theirs, here, the part's alone.
        markup => markup.Replace("name=\"date.Day\"", "name=\"day\"").Replace("name=\"date.Month\"", "name=\"month\"").Replace("name=\"date.Year\"", "name=\"year\""));

    [Theory]
    [InlineData("default")]
    [InlineData("prevent double click")]
    [InlineData("link")]
    [InlineData("start link")]
    public Task Button(string fixture) => Matches("button", fixture, options => new ButtonTagHelper
    {
        Href = Text(options, "href"),
        Start = Flag(options, "isStartButton") ?? false,
        PreventDoubleClick = Flag(options, "preventDoubleClick") ?? false,
    });

    [Theory]
    [InlineData("default")]
    [InlineData("red")]
    public Task Tag(string fixture) => Matches("tag", fixture, options => new TagTagHelper { Colour = Text(options, "classes")?.Replace("govuk-tag--", "") });

    [Fact]
    public Task Warning_text() => Matches("warning-text", "default", _ => new WarningTextTagHelper());

    [Fact]
    public Task Inset_text() => Matches("inset-text", "default", _ => new InsetTextTagHelper());

    [Fact]
    public Task Details() => Matches("details", "default", options => new DetailsTagHelper { Summary = Text(options, "summaryText")! });

    [Fact]
    public Task Panel() => Matches("panel", "custom heading level", options => new PanelTagHelper
    {
        Title = Text(options, "titleText")!,
        HeadingLevel = Number(options, "headingLevel")!.Value,
    });

    [Fact]
    public Task Back_link() => Matches("back-link", "default", _ => new BackLinkTagHelper(), markup => markup.Replace("class=", "href=\"#\" class="));

    /// <summary>The options that every form field shares.</summary>
    private static FieldTagHelper Field(FieldTagHelper field, JsonElement options)
    {
        if (Text(options, "name") is { } name)
            field.Name = name;
        if ((Text(options, "id") ?? Text(options, "idPrefix")) is { } id)
            field.Id = id;
        var label = Text(options, "fieldset.legend.text") is null ? "label" : "fieldset.legend";
        field.Label = Text(options, $"{label}.text");
        field.LabelSize = Text(options, $"{label}.classes")?.Split("--")[^1];
        field.PageHeading = Flag(options, $"{label}.isPageHeading") ?? false;
        field.Hint = Text(options, "hint.text");
        field.Error = Text(options, "errorMessage.text");
        field.Value = Text(options, "value");
        field.ViewContext = new ViewContext
        {
            HttpContext = new DefaultHttpContext(),
            ViewData = new ViewDataDictionary(new EmptyModelMetadataProvider(), new ModelStateDictionary()),
        };
        return field;
    }

    private static List<SelectListItem> Items(JsonElement options) =>
        [.. options.GetProperty("items").EnumerateArray().Select(item => new SelectListItem(
            Text(item, "text"),
            Text(item, "value"),
            Flag(item, "selected") ?? Flag(item, "checked") ?? false,
            Flag(item, "disabled") ?? false))];

    private static async Task Matches(
        string component,
        string fixture,
        Func<JsonElement, TagHelper> create,
        Func<string, string>? adjust = null)
    {
        var (options, expected) = Fixture(component, fixture);
        var helper = create(options);
        var output = new TagHelperOutput("x", [], (_, _) =>
        {
            var content = new DefaultTagHelperContent();
            return Task.FromResult(
                Text(options, "html") is { } html ? content.SetHtmlContent(html) : content.SetContent(Text(options, "text") ?? ""));
        });

        await helper.ProcessAsync(new TagHelperContext([], new Dictionary<object, object>(), "id"), output);

        // Razor writes a tag's own content where the tag helper set none.
        if (!output.IsContentModified)
            output.Content.SetHtmlContent(await output.GetChildContentAsync());
        using var writer = new StringWriter();
        output.WriteTo(writer, HtmlEncoder.Default);
        var markup = writer.ToString();
        Assert.Equal(Normal(expected), Normal(adjust?.Invoke(markup) ?? markup));
    }

    private static (JsonElement Options, string Html) Fixture(string component, string name, [CallerFilePath] string here = "")
    {
        var web = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "MappaFlows.Web");
        var file = Path.Combine(web, "node_modules", "govuk-frontend", "dist", "govuk", "components", component, "fixtures.json");
        var fixtures = JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("fixtures");
        var fixture = fixtures.EnumerateArray().Single(fixture => fixture.GetProperty("name").GetString() == name);
        return (fixture.GetProperty("options"), fixture.GetProperty("html").GetString()!);
    }

    /// <summary>One element a line, attributes in order of name, white space as a browser sees it.</summary>
    private static string Normal(string html)
    {
        var lines = new List<string>();
        foreach (var node in new HtmlParser().ParseDocument(html).Body!.ChildNodes)
            Write(node, "");
        return string.Join('\n', lines);

        void Write(INode node, string indent)
        {
            if (node is IElement element)
            {
                var attributes = element.Attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal).Select(attribute => $" {attribute.Name}=\"{attribute.Value}\"");
                lines.Add($"{indent}<{element.LocalName}{string.Concat(attributes)}>");
                foreach (var child in element.ChildNodes)
                    Write(child, indent + "  ");
            }
            else if (node is IText text
                && string.Join(' ', text.Data.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } words)
            {
                lines.Add(indent + words);
            }
        }
    }

    private static JsonElement? At(JsonElement options, string path)
    {
        foreach (var step in path.Split('.'))
        {
            if (options.ValueKind != JsonValueKind.Object || !options.TryGetProperty(step, out options))
                return null;
        }

        return options;
    }

    private static string? Text(JsonElement options, string path) => At(options, path)?.ToString();

    private static int? Number(JsonElement options, string path) => At(options, path)?.GetInt32();

    private static bool? Flag(JsonElement options, string path) => At(options, path)?.GetBoolean();
}
