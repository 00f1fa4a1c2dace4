namespace MappaFlows.Core.Escalations;

/// <summary>Reminds those who owe what was passed on. For those to whom it was.</summary>
/// <param name="Number">Which of its kind, such as a meeting's number; null where there is only one.</param>
public sealed record RemindOwner(ObligationKind? Kind, int? Number = null) : CaseCommand;

/// <summary>Says what was done about what was passed on. For those to whom it was.</summary>
/// <inheritdoc cref="RemindOwner"/>
public sealed record NoteEscalation(ObligationKind? Kind, int? Number = null, string? Note = null) : CaseCommand;
