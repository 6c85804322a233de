using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Veille.Readers;

/// <summary>What keeps those who get the revue by mail without an account.</summary>
internal static class ReadersRoom
{
    private const int LongestPost = 10_000;

    public static void AddReaders(this IServiceCollection services) => services
        .AddSingleton<ReaderTokens>().AddSingleton<ReadRevueByMail>().AddSingleton<IActivityConsumer, SendIssueToReaders>().AddSingleton<IMailCheck, ReaderMailCheck>();

    // Before the page of that address, which answers GET: mail programs post there without a form of ours (RFC 8058).
    public static void MapReaders(this IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/veille/desabonnement/{token}", LeaveAsync).WithOrder(-1).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(LongestPost));

    private static async Task<IResult> LeaveAsync(string token, HttpContext http, IAntiforgery antiforgery, ReadRevueByMail readers, CancellationToken cancellation)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(cancellation) : FormCollection.Empty;
        var isOneClick = form.Count == 1 && form["List-Unsubscribe"] == "One-Click";
        if (!isOneClick) await antiforgery.ValidateRequestAsync(http);
        await readers.LeaveAsync(token, cancellation);
        return isOneClick ? Results.Ok() : Results.LocalRedirect($"/veille/desabonnement/{token}");
    }
}
