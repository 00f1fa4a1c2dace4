namespace MappaFlows.Core.Streams;

/// <summary>
/// Something that happened. Events are only ever added; an event's name and properties, once released, stay readable for ever.
/// </summary>
public abstract record StreamEvent;
