using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace MappaFlows.Web.Pages.SignIn;

/// <summary>Asks a person to sign in again before a decision counts.</summary>
/// <param name="Minutes">How old a sign-in may be, in minutes.</param>
/// <param name="Then">Where they are led when they have.</param>
/// <param name="OpensNewTab">Whether the sign-in opens beside the page, because there is something on it that they wrote.</param>
public sealed record SignInNotice(int Minutes, string Then, bool OpensNewTab)
{
    public string Path => Routes.SignInAgain + new QueryBuilder { { "then", Then } };

    /// <summary>For a form that is empty: the sign-in leads back to it. Null where the sign-in will do.</summary>
    public static SignInNotice? BeforeWriting(FreshSignIn signIn, HttpContext context) =>
        signIn.IsFresh(context.User)
            ? null
            : new(signIn.Minutes!.Value, context.Request.Path + context.Request.QueryString, OpensNewTab: false);

    /// <summary>
    /// For a form that was filled in: what stands in it is sent again when the sign-in is done. Null where the sign-in will do.
    /// </summary>
    public static SignInNotice? AfterWriting(FreshSignIn signIn, HttpContext context) =>
        signIn.IsFresh(context.User) ? null : new(signIn.Minutes!.Value, Routes.SignedInAgain, OpensNewTab: true);
}
