using TerritoireCollab.Platform;

namespace TerritoireCollab.Web.Hosting;

/// <summary>Headers of every answer (ASVS 3.4): no script but our own, no frame, no sniffing, no referrer to others.</summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var isSecure = app.Services.GetRequiredService<PlatformOptions>().BaseUrl.Scheme == Uri.UriSchemeHttps;
        app.Use((http, next) =>
        {
            // When the answer starts, since an answer that is begun anew loses the headers set before.
            http.Response.OnStarting(() =>
            {
                Set(http.Response.Headers, isSecure);
                return Task.CompletedTask;
            });
            return next(http);
        });
    }

    private static void Set(IHeaderDictionary headers, bool isSecure)
    {
        // A download has a stricter policy of its own, and so has a page whose address is a key.
        headers.TryAdd("Content-Security-Policy", Policy);
        headers.TryAdd("Referrer-Policy", "same-origin");
        headers.XContentTypeOptions = "nosniff";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (isSecure) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
    }
}
