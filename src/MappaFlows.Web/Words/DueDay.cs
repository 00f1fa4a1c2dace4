using MappaFlows.Core.Cases;
using MappaFlows.Workflows.Caseload;

namespace MappaFlows.Web.Words;

/// <summary>The last day for something; null where no clock runs.</summary>
public sealed record DueDay(DateOnly? Day, bool IsOverdue)
{
    public static DueDay Of(Duty duty, DateTimeOffset now) => new(duty.Due?.Day, duty.Due?.At <= now);

    public static DueDay Of(OwedDuty? duty, DateTimeOffset now) => new(duty?.Day, duty?.Due <= now);
}
