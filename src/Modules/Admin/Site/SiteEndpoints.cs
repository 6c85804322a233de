using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Settings;

namespace TerritoireCollab.Admin.Site;

/// <summary>The reader's language, and what programs look for at the root of a site.</summary>
internal static class SiteEndpoints
{
    // What anyone may read; crawlers find nothing else there than what is public.
    private static readonly string[] Public = ["/$", "/mentions-legales", "/donnees-personnelles", "/accessibilite", "/aide", "/groupes/", "/veille", "/_content/"];

    public static void MapSite(this IEndpointRouteBuilder endpoints)
    {
        // Without antiforgery, so that the button on every page costs no token: another site could at most change the language.
        endpoints.MapPost("/langue", ChooseLanguage).DisableAntiforgery();
        endpoints.MapGet("/robots.txt", () => Results.Text($"User-agent: *\n{string.Concat(Public.Select(p => $"Allow: {p}\n"))}Disallow: /groupes/*/recherche\nDisallow: /\n"));
        endpoints.MapGet("/.well-known/security.txt", SecurityContactAsync);
    }

    private static IResult ChooseLanguage([FromForm] string? langue, HttpContext http, IOptions<RequestLocalizationOptions> options, PlatformOptions platform)
    {
        var provider = options.Value.RequestCultureProviders.OfType<CookieRequestCultureProvider>().First();
        var culture = langue == "en" ? "en-GB" : "fr-FR";
        http.Response.Cookies.Append(provider.CookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            Secure = platform.BaseUrl.Scheme == Uri.UriSchemeHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = TimeSpan.FromDays(365),
        });
        return Results.LocalRedirect(Origin(http.Request) ?? "/");
    }

    // Our pages send their own address along, and others nothing (Referrer-Policy). Only its path is believed.
    private static string? Origin(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var page) && page.Authority == request.Host.Value && !page.AbsolutePath.StartsWith("/erreur/", StringComparison.Ordinal)
            ? LocalAddress.OrNull(page.PathAndQuery)
            : null;

    // RFC 9116. The date moves by whole days, so that the file is the same all day long.
    private static async Task<IResult> SecurityContactAsync(PlatformSettings settings, PlatformOptions platform, TimeProvider clock, CancellationToken cancellation)
    {
        var choices = await settings.ReadAsync(cancellation);
        var contact = choices.ContactEmail.Length > 0 ? "mailto:" + choices.ContactEmail : platform.Absolute("/mentions-legales").AbsoluteUri;
        var expires = clock.GetUtcNow().UtcDateTime.Date.AddDays(180).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return Results.Text($"Contact: {contact}\nExpires: {expires}\nPreferred-Languages: fr, en\nCanonical: {platform.Absolute("/.well-known/security.txt").AbsoluteUri}\n");
    }
}
