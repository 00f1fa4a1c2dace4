using System.Text.Json;

namespace MappaFlows.Infra.Tests;

/// <summary>infra/main.bicep, built once for all tests: every resource of every module, and the parameters.</summary>
public sealed class BuiltTemplate : IAsyncLifetime
{
    private readonly List<Resource> _resources = [];
    private JsonElement _root;

    public JsonElement Parameters => _root.GetProperty("parameters");

    public async ValueTask InitializeAsync()
    {
        var built = await BicepCompiler.RunAsync("build", "main.bicep", "--stdout");
        Assert.True(built.ExitCode == 0, built.Diagnostics);
        _root = JsonDocument.Parse(built.Output).RootElement;
        Collect(_root, module: "main");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>All resources of a type, as <c>Microsoft.Storage/storageAccounts</c>; those that only refer to one are left out.</summary>
    public IReadOnlyList<Resource> All(string type) => [.. _resources.Where(r => r.Type == type)];

    public IEnumerable<Resource> Everything => _resources;

    public Resource Only(string type) => Assert.Single(All(type));

    /// <summary>The one resource of a type whose name, or expression for a name, has <paramref name="name"/> in it.</summary>
    public Resource Only(string type, string name) =>
        Assert.Single(All(type), r => r.Name.Contains(name, StringComparison.Ordinal));

    /// <summary>When main.bicep deploys a module.</summary>
    public string? ConditionOf(string module) =>
        _root.GetProperty("resources").GetProperty(module).GetProperty("condition").GetString();

    /// <summary>What a module is given by main.bicep.</summary>
    public JsonElement ParametersOf(string module) =>
        _root.GetProperty("resources").GetProperty(module).GetProperty("properties").GetProperty("parameters");

    /// <summary>A module's own template: its variables and outputs.</summary>
    public JsonElement TemplateOf(string module) =>
        _root.GetProperty("resources").GetProperty(module).GetProperty("properties").GetProperty("template");

    private void Collect(JsonElement template, string module)
    {
        // A template has its resources by symbol or in a list, as the language features it uses ask for.
        var resources = template.GetProperty("resources");
        IEnumerable<(string Symbol, JsonElement Body)> entries = resources.ValueKind == JsonValueKind.Array
            ? resources.EnumerateArray().Select(body => ("", body))
            : resources.EnumerateObject().Select(entry => (entry.Name, entry.Value));

        foreach (var (symbol, body) in entries)
        {
            if (body.TryGetProperty("existing", out var existing) && existing.GetBoolean())
                continue;

            if (body.GetProperty("type").GetString() == "Microsoft.Resources/deployments")
                Collect(body.GetProperty("properties").GetProperty("template"), symbol);
            else
                _resources.Add(new Resource(module, body.GetProperty("type").GetString()!, body.GetProperty("name").GetString()!, body));
        }
    }
}

/// <summary>A resource as the template has it: an expression of the template language stands where a value is not fixed.</summary>
public sealed record Resource(string Module, string Type, string Name, JsonElement Body)
{
    /// <summary>The value at a dotted path below <c>properties</c>, as text.</summary>
    public string Property(string path) => At(Body.GetProperty("properties"), path).ToString();

    public string Text(string path) => At(Body, path).ToString();

    public override string ToString() => $"{Type} in {Module}";

    private JsonElement At(JsonElement element, string path)
    {
        foreach (var step in path.Split('.'))
            Assert.True(element.TryGetProperty(step, out element), $"{this} has no {path}.");
        return element;
    }
}
