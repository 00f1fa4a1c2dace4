using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;

namespace MappaFlows.Web.Hosting;

/// <summary>The shell around every page, for whichever host.</summary>
public static class PageServices
{
    /// <summary>
    /// The services of the shell and the Razor Pages of this assembly. A host replaces <see cref="IPersonDisplay"/>,
    /// <see cref="IDemoNotice"/> and <see cref="IClockNotice"/> by registering its own, before or after.
    /// </summary>
    public static IMvcBuilder AddMappaFlowsPages(this IServiceCollection services, Action<WebOptions>? configure = null)
    {
        services.Configure(configure ?? (_ => { }));
        services.AddHttpContextAccessor();
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.TryAddSingleton<FrontendAssets>();
        services.TryAddSingleton<IPersonDisplay, ClaimsPersonDisplay>();
        services.TryAddSingleton<IDemoNotice, NoNotice>();
        services.TryAddSingleton<IClockNotice, NoNotice>();
        // Names in any alphabet stay readable in the page's source.
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));

        return services
            .AddRazorPages()
            .AddApplicationPart(typeof(PageServices).Assembly)
            .AddMvcOptions(UsePlainEnglish);
    }

    /// <summary>
    /// Security headers, the built styles and scripts, British dates and numbers, error pages, the limit of a body, and routing.
    /// It comes first in the pipeline; authentication, authorisation and the endpoints follow it.
    /// </summary>
    public static IApplicationBuilder UseMappaFlowsPages(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetRequiredService<IOptions<WebOptions>>().Value.IsBehindHttps)
        {
            app.Use((context, next) =>
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
                return next(context);
            });
        }

        app.UseMappaSecurityHeaders();
        app.UseMiddleware<FrontendAssetsMiddleware>();
        app.UseRequestLocalization(localization =>
        {
            localization.SetDefaultCulture("en-GB").AddSupportedCultures("en-GB").AddSupportedUICultures("en-GB");
            localization.RequestCultureProviders.Clear();
        });
        // The API answers with problem details of its own.
        app.UseWhen(context => !context.Request.Path.StartsWithSegments(Routes.Api), pages =>
        {
            pages.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = Routes.Error,
                StatusCodeSelector = Failures.StatusOf,
            });
            pages.Use(Failures.SayWhenToTryAgainAsync);
            pages.UseStatusCodePagesWithReExecute(Routes.Error);
            pages.UseMiddleware<BodyLimitMiddleware>();
        });
        return app.UseRouting();
    }

    private static void UsePlainEnglish(MvcOptions options)
    {
        // A field is required because a page says so, in its own words, not because a type is not nullable.
        options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
        options.ModelBinderProviders.Insert(0, new TextBinderProvider());

        var messages = options.ModelBindingMessageProvider;
        messages.SetAttemptedValueIsInvalidAccessor((_, field) => $"{field} must be in the correct format");
        messages.SetUnknownValueIsInvalidAccessor(field => $"{field} must be in the correct format");
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => "A value in the request is not valid");
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => "A value in the request is not valid");
        messages.SetNonPropertyValueMustBeANumberAccessor(() => "A value in the request must be a number");
        messages.SetValueMustBeANumberAccessor(field => $"{field} must be a number");
        messages.SetValueIsInvalidAccessor(_ => "A value in the request is not valid");
        messages.SetValueMustNotBeNullAccessor(_ => "Enter an answer");
        messages.SetMissingBindRequiredValueAccessor(field => $"Enter an answer for {field}");
        messages.SetMissingKeyOrValueAccessor(() => "Enter an answer");
        messages.SetMissingRequestBodyRequiredValueAccessor(() => "The request has no content");
    }
}
