using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Veille.Readers;

/// <summary>What keeps those who get the revue by mail without an account.</summary>
internal static class ReadersRoom
{
    private const int LongestPost = 10_000;

    public static void AddReaders(this IServiceCollection services) => services
        .AddSingleton<ReaderTokens>().AddSingleton<RevueLetter>().AddSingleton<PreviewLetter>().AddSingleton<ReadRevueByMail>().AddSingleton<IActivityConsumer, SendIssueToReaders>().AddSingleton<IMailCheck, ReaderMailCheck>()
        .AddSingleton<IUnsubscriber, LeaveByMail>();

    public static void MapReaders(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/veille/desabonnement/{token}", LeaveAsync).TakesUnsubscribing(LongestPost);
        endpoints.MapGet("/groupes/{slug}/veille/revue/courriel", PreviewAsync);
        endpoints.MapGet("/groupes/{slug}/veille/revue/courriel.txt", PreviewTextAsync);
    }

    // A letter styles itself, and nothing in it may run.
    private static async Task<IResult> PreviewAsync(string slug, PreviewLetter preview, CurrentViewer current, HttpContext http, CancellationToken cancellation)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-top-navigation-by-user-activation";
        http.Response.Headers.CacheControl = "private, no-store";
        return Results.Content((await preview.ExecuteAsync(current.Viewer, slug, cancellation)).Html, "text/html", Encoding.UTF8);
    }

    private static async Task<IResult> PreviewTextAsync(string slug, PreviewLetter preview, CurrentViewer current, HttpContext http, CancellationToken cancellation)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        return Results.Content((await preview.ExecuteAsync(current.Viewer, slug, cancellation)).Text, "text/plain", Encoding.UTF8);
    }

    private static async Task<IResult> LeaveAsync(string token, HttpContext http, ReadRevueByMail readers, CancellationToken cancellation)
    {
        var post = await UnsubscribePost.ReadAsync(http, cancellation);
        await readers.LeaveAsync(token, cancellation);
        return post.Answer($"/veille/desabonnement/{token}");
    }
}
