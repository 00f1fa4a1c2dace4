namespace MappaFlows.Core.Exits;

/// <summary>What a case knows of its end.</summary>
public static class ExitOfCase
{
    extension(Timetable timetable)
    {
        /// <summary>How the case will end; null while it is not managed, and for a reader who does not see its bases.</summary>
        public ExitForecast? Forecast => ExitForecast.Of(timetable.Case);
    }
}
