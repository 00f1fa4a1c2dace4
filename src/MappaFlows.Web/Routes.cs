namespace MappaFlows.Web;

/// <summary>The address of every page. Nothing else spells one; each feature adds its own, beside its pages.</summary>
public static partial class Routes
{
    public const string Home = "/";
    public const string Caseload = "/caseload";
    public const string Area = "/area";
    public const string Error = "/error";

    /// <summary>Where the local sign-in is; a host may use another.</summary>
    public const string SignIn = "/sign-in";
    public const string SignOut = "/sign-out";

    /// <summary>The built styles and scripts.</summary>
    public const string Assets = "/assets";

    /// <summary>Whether the process answers.</summary>
    public const string Alive = "/alive";

    /// <summary>Whether the process can do its work.</summary>
    public const string Health = "/health";

    /// <summary>Everything that is there in development only.</summary>
    public const string Development = "/dev";
    public const string Clock = Development + "/clock";
    public const string Styles = Development + "/styles";

    /// <summary>Everything that speaks JSON.</summary>
    public const string Api = "/api";
    public const string ApiV1 = Api + "/v1";
    public const string ApiDescription = "/openapi/{documentName}.json";

    public static string ApiCase(CaseReference reference) => $"{ApiV1}/cases/{reference}";

    public static string Case(CaseReference reference) => $"/cases/{reference}";

    /// <summary>The case at its timeline.</summary>
    /// <param name="before">The timeline shows what happened before this event; null for the latest.</param>
    public static string CaseTimeline(CaseReference reference, long? before = null) =>
        $"{Case(reference)}{(before is null ? "" : $"?before={before}")}#timeline";

    /// <summary>The case with everything on one page, to be printed.</summary>
    public static string CaseToPrint(CaseReference reference) => $"{Case(reference)}?all=true";

    /// <summary>The case, its record verified.</summary>
    public static string CaseRecordCheck(CaseReference reference) => $"{Case(reference)}?checkRecord=true";
}
