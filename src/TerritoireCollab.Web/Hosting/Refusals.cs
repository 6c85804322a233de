using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Hosting;

/// <summary>Turns what handlers throw, and answers without a body, into a page, or into a problem document under <c>/api</c>.</summary>
internal static partial class Refusals
{
    private const int ClientGone = 499;

    public static void UseRefusals(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("TerritoireCollab.Refusals");
        app.Use(async (http, next) =>
        {
            // TRACE would give headers back to a script that may not read them (ASVS 13.4.4).
            if (HttpMethods.IsTrace(http.Request.Method))
            {
                http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                return;
            }

            // Pages answer GET and POST only; the server itself sends no body to a HEAD.
            if (HttpMethods.IsHead(http.Request.Method)) http.Request.Method = HttpMethods.Get;
            try
            {
                await next(http);
                // To whoever reads pages, an address that takes no such request does not exist.
                if (http.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed } && !IsApi(http)) http.Response.StatusCode = StatusCodes.Status404NotFound;
                if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null }) await ShowAsync(http, next, log);
            }
            catch (Exception failure) when (!http.Response.HasStarted)
            {
                await AnswerAsync(http, next, failure, log);
            }
        });
    }

    /// <summary>Refuses a form whose antiforgery token is missing or false; after <c>UseAntiforgery</c>, before the endpoints, which each would answer in their own way.</summary>
    public static void UseAntiforgeryRefusal(this WebApplication app) => app.Use((http, next) =>
        http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } refusal
            ? throw new AntiforgeryValidationException("The antiforgery token was refused.", refusal.Error)
            : next(http));

    private static Task AnswerAsync(HttpContext http, RequestDelegate next, Exception failure, ILogger log)
    {
        var status = StatusOf(failure, http);
        if (status >= 500) LogFailed(log, failure, http.Request.Path);
        Clear(http.Response);
        http.Response.StatusCode = status;
        if (status == ClientGone) return Task.CompletedTask;
        if (failure is ForbiddenException or InvalidInputException or StorageFullException or FileHeldException && status != StatusCodes.Status404NotFound) http.Features.Set(new Reason(failure.Message));
        http.Features.Set(failure);
        return ShowAsync(http, next, log);
    }

    // The antiforgery service hands its cookie out once a request: without it the forms of the error page would be refused.
    private static void Clear(HttpResponse response)
    {
        string?[] kept = [.. response.Headers.SetCookie.Where(c => c?.Contains("antiforgery=", StringComparison.Ordinal) == true)];
        response.Clear();
        if (kept.Length > 0) response.Headers.SetCookie = kept;
    }

    private static async Task ShowAsync(HttpContext http, RequestDelegate next, ILogger log)
    {
        var status = http.Response.StatusCode;
        if (IsApi(http))
        {
            await ApiProblems.WriteAsync(http, status, http.Features.Get<Exception>());
            return;
        }

        if (http.Request.Headers.ContainsKey("X-Requested-With") || http.WebSockets.IsWebSocketRequest) return;

        try
        {
            await ShowPageAsync(http, next, status);
        }
        catch (Exception failure) when (!http.Response.HasStarted && failure is not OperationCanceledException)
        {
            if (status < 500) LogFailed(log, failure, http.Request.Path);
            Clear(http.Response);
            await WriteBarePageAsync(http, StatusOf(failure, http) is StatusCodes.Status503ServiceUnavailable ? StatusCodes.Status503ServiceUnavailable : status);
        }
    }

    // The error page is a page like others: the request is run again as a GET of it, under the status that was found, with services
    // of its own, since those of the first run have begun a page already.
    private static async Task ShowPageAsync(HttpContext http, RequestDelegate next, int status)
    {
        var request = http.Request;
        http.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature
        {
            OriginalPathBase = request.PathBase,
            OriginalPath = request.Path,
            OriginalQueryString = request.QueryString.Value,
        });
        http.Features.Set<IAntiforgeryValidationFeature>(null);
        http.SetEndpoint(null);
        request.RouteValues.Clear();
        request.Method = HttpMethods.Get;
        request.Path = string.Create(CultureInfo.InvariantCulture, $"/erreur/{status}");
        request.QueryString = QueryString.Empty;

        var services = http.RequestServices;
        await using var scope = services.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await next(http);
        }
        finally
        {
            http.RequestServices = services;
        }
    }

    // When the page itself needs what is missing, the database for one.
    private static Task WriteBarePageAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        if (status == StatusCodes.Status503ServiceUnavailable) http.Response.Headers.RetryAfter = "60";
        var title = WebUtility.HtmlEncode(ApiProblems.Title(status));
        var text = WebUtility.HtmlEncode(status == StatusCodes.Status503ServiceUnavailable ? HostTexts.UnavailableText : HostTexts.ErrorText);
        return http.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="{CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title><link rel="stylesheet" href="/_content/TerritoireCollab.Ui/dist/trame.css"></head>
            <body><main class="page"><h1>{title}</h1><p>{text}</p></main></body>
            </html>
            """);
    }

    /// <summary>The words that an error page shows besides its own, such as why an action is refused.</summary>
    public sealed record Reason(string Text);

    private static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api");

    private static int StatusOf(Exception failure, HttpContext http) => failure switch
    {
        OperationCanceledException when http.RequestAborted.IsCancellationRequested => ClientGone,
        NotFoundException => StatusCodes.Status404NotFound,
        // Whoever holds a key to the page sees it, and is told why it refuses something.
        ForbiddenException => http.User.Identity is { IsAuthenticated: true } || KeyInAddress.IsMarked(http) ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound,
        InvalidInputException => StatusCodes.Status422UnprocessableEntity,
        // Reading the token is what first reads a body that is too large.
        AntiforgeryValidationException when Cause<BadHttpRequestException>(failure) is { } bad => bad.StatusCode,
        AntiforgeryValidationException => StatusCodes.Status400BadRequest,
        StorageFullException => StatusCodes.Status507InsufficientStorage,
        FileHeldException => StatusCodes.Status423Locked,
        StorageUnavailableException => StatusCodes.Status503ServiceUnavailable,
        BadHttpRequestException bad => bad.StatusCode,
        _ when DatabaseSetup.IsUnavailable(failure) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static T? Cause<T>(Exception? failure) where T : Exception
    {
        for (; failure is not null; failure = failure.InnerException)
            if (failure is T found) return found;
        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The request for {Path} failed.")]
    private static partial void LogFailed(ILogger log, Exception failure, string path);
}
