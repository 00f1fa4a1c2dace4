namespace MappaFlows.Web.Typing;

/// <summary>
/// A field that does not come back with what was typed: a button that was pressed, or something that must be confirmed each time.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotKeptAttribute : Attribute;
