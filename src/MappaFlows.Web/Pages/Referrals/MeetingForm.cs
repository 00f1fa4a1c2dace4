namespace MappaFlows.Web.Pages.Referrals;

/// <summary>The meeting as typed; see <see cref="ReferralMeeting"/>, whose list a binder cannot fill.</summary>
public sealed class MeetingForm
{
    public List<string> AgenciesToInvite { get; set; } = [];

    public string? MediaInterest { get; set; }

    public string? ReferrerContact { get; set; }

    public string? CountersigningManager { get; set; }

    internal static MeetingForm From(ReferralMeeting meeting) => new()
    {
        AgenciesToInvite = [.. meeting.AgenciesToInvite],
        MediaInterest = meeting.MediaInterest,
        ReferrerContact = meeting.ReferrerContact,
        CountersigningManager = meeting.CountersigningManager,
    };

    internal ReferralMeeting ToPart() => new()
    {
        AgenciesToInvite = [.. AgenciesToInvite.Where(agency => !string.IsNullOrEmpty(agency))],
        MediaInterest = MediaInterest,
        ReferrerContact = ReferrerContact,
        CountersigningManager = CountersigningManager,
    };
}
