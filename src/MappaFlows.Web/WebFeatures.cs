namespace MappaFlows.Web;

/// <summary>The features of a case on pages and in the API. The order is that of actions and sections.</summary>
public static class WebFeatures
{
    public static CaseWeb Create()
    {
        var web = new CaseWeb();
        KernelWeb.Register(web);
        ReferralWeb.Register(web);
        ScreeningWeb.Register(web);
        MeetingWeb.Register(web);
        Level1ReviewWeb.Register(web);
        DisclosureWeb.Register(web);
        ExitWeb.Register(web);
        EscalationWeb.Register(web);
        return web;
    }
}
