namespace MappaFlows.Core.Calendars;

/// <summary>A bank holiday of England and Wales.</summary>
/// <param name="Date">The day on which no one works: a substitute day, not the weekend day it stands for.</param>
/// <param name="Title">Its published name.</param>
/// <param name="Forecast">Whether it follows from the ordinary rules only and has not been published yet.</param>
public sealed record BankHoliday(DateOnly Date, string Title, bool Forecast);
