using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Platform.Quotes;
using TerritoireCollab.Platform.Tags;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Finds;

/// <summary>A find that a program brings.</summary>
/// <param name="Title">Title.</param>
/// <param name="Url">Address of the page of the web.</param>
/// <param name="Body">Why it matters, in Markdown.</param>
/// <param name="Audience"><c>group</c>, <c>platform</c> or <c>public</c>; the group's own choice when absent.</param>
/// <param name="Tags">Tags.</param>
/// <param name="Quote">A passage of the page to mark, plain text, at most 600 characters.</param>
/// <param name="WithoutPicture">Whether the picture that the page shows of itself stays away.</param>
public sealed record NewApiFind(string? Title, string? Url, string? Body, string? Audience, IReadOnlyList<string>? Tags, string? Quote, bool? WithoutPicture);

/// <summary>A mail whose links a program brings.</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Text">Its text part, or null.</param>
/// <param name="Html">Its HTML part, or null; it is believed before the text when it has any link.</param>
public sealed record NewFindsMail(string? Subject, string? Text, string? Html);

/// <summary>What became of a link of a mail.</summary>
/// <param name="Url">Where it leads.</param>
/// <param name="Title">Title of the find, or the words of the link.</param>
/// <param name="Outcome"><c>proposed</c>, <c>already</c> or <c>refused</c>.</param>
/// <param name="Message">The same in words, for the sender.</param>
/// <param name="Find">Short identifier of the find, the sender's or the one that was there; null when refused.</param>
public sealed record ApiMailedLink(string Url, string Title, string Outcome, string Message, string? Find);

/// <summary>What became of a mail.</summary>
/// <param name="Links">Its links, in their order.</param>
/// <param name="Reply">What to answer the sender: the same line by line, plain text.</param>
public sealed record ApiMailedFinds(IReadOnlyList<ApiMailedLink> Links, string Reply);

/// <summary>What a program changes of a find; what is absent stays.</summary>
/// <param name="Title">Title.</param>
/// <param name="Body">Why it matters, in Markdown.</param>
/// <param name="Audience"><c>group</c>, <c>platform</c> or <c>public</c>.</param>
/// <param name="Tags">Tags.</param>
/// <param name="Version">The version that was read: the change is refused when somebody has edited since.</param>
public sealed record FindChange(string? Title, string? Body, string? Audience, IReadOnlyList<string>? Tags, int? Version);

/// <summary>The finds under <c>/api/v1</c>, by the handlers of their pages.</summary>
internal static class FindsApi
{
    private static readonly ApiKind Kind = new(VeilleModule.FindKind, "finds", "Find");

    public static void MapFindsApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").WithTags("finds");
        api.AddEndpointFilter<ApiGuard>();
        api.MapGet("/groups/{slug}/finds", ListAsync).WithName("listFinds").WithSummary(FindTexts.ApiList);
        api.MapPost("/groups/{slug}/finds", ProposeAsync).WithName("proposeFind").WithSummary(FindTexts.ApiPropose);
        api.MapGet("/finds/{id}", ReadAsync).WithName("readFind").WithSummary(FindTexts.ApiRead);
        api.MapPatch("/finds/{id}", ChangeAsync).WithName("changeFind").WithSummary(FindTexts.ApiChange);
        api.MapDelete("/finds/{id}", RemoveAsync).WithName("removeFind").WithSummary(FindTexts.ApiRemove);
        api.MapPost("/groups/{slug}/finds/mail", ProposeFromMailAsync).WithName("proposeFindsFromMail").WithSummary(QuoteTexts.ApiMail).WithDescription(QuoteTexts.ApiMailDescription);
        api.MapGet("/finds/{id}/quotes", ListQuotesAsync).WithName("listFindQuotes").WithSummary(QuoteTexts.ApiQuotes);
        api.MapPost("/finds/{id}/quotes", MarkAsync).WithName("markFindQuote").WithSummary(QuoteTexts.ApiQuote);
        api.MapDelete("/finds/{id}/quotes/{quote:guid}", TakeOffAsync).WithName("removeFindQuote").WithSummary(QuoteTexts.ApiRemoveQuote);
        api.MapComments(Kind, FindTexts.ApiComments, FindTexts.ApiComment);
    }

    private static Task<CursorPage<ApiFind>> ListAsync(string slug, string? after, int? limit, ReadFinds read, CurrentViewer current, CancellationToken cancellation) =>
        read.ListAsync(current.Viewer, slug, PageCursor.Parse(after), PageCursor.Limit(limit), cancellation);

    private static async Task<Created<ApiFind>> ProposeAsync(string slug, NewApiFind body, ProposeFind propose, ReadFinds read, CurrentViewer current, CancellationToken cancellation)
    {
        var content = new ContentInput { Title = body.Title ?? "", Body = body.Body ?? "", Audience = AudienceWord.Parse(body.Audience), Tags = TagList.Typed(body.Tags) };
        var proposed = await BringAsync(propose, current.Viewer, slug, new(content, body.Url) { Quote = body.Quote, WithoutPicture = body.WithoutPicture ?? false }, cancellation);
        if (proposed.AlreadyBy is { } finder) throw new InvalidInputException(nameof(body.Url), FindTexts.ApiAlready.With(finder, proposed.ShortId));

        return TypedResults.Created($"/api/v1/finds/{proposed.ShortId}", await read.OneAsync(current.Viewer, proposed.ShortId, cancellation));
    }

    // What is wrong is told at the name that the program wrote.
    private static async Task<ProposedFind> BringAsync(ProposeFind propose, Viewer viewer, string slug, ProposeFindInput input, CancellationToken cancellation)
    {
        try
        {
            return await propose.ExecuteAsync(viewer, slug, input, cancellation);
        }
        catch (InvalidInputException invalid)
        {
            throw new InvalidInputException([.. invalid.Rules.Select(r => r.Field == ProposeFind.AddressField ? r with { Field = nameof(NewApiFind.Url) } : r)]);
        }
    }

    private static Task<ApiFind> ReadAsync(string id, ReadFinds read, CurrentViewer current, CancellationToken cancellation) => read.OneAsync(current.Viewer, id, cancellation);

    private static async Task<ApiFind> ChangeAsync(string id, FindChange body, EditFind edit, ReadFinds read, CurrentViewer current, CancellationToken cancellation)
    {
        var form = await edit.ReadAsync(current.Viewer, id, cancellation);
        var content = new ContentInput { Title = body.Title ?? form.Title, Body = body.Body ?? form.Body, Audience = AudienceWord.Parse(body.Audience) ?? form.Audience, Tags = TagList.Typed(body.Tags) ?? form.Tags };
        await edit.ExecuteAsync(current.Viewer, id, new EditFindInput(content, body.Version ?? form.Version), cancellation);
        return await read.OneAsync(current.Viewer, id, cancellation);
    }

    private static async Task<NoContent> RemoveAsync(string id, RemoveFind remove, CurrentViewer current, CancellationToken cancellation)
    {
        await remove.ExecuteAsync(current.Viewer, id, cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<ApiMailedFinds> ProposeFromMailAsync(string slug, NewFindsMail body, ProposeFindsFromMail propose, CurrentViewer current, CancellationToken cancellation)
    {
        var mailed = await propose.ExecuteAsync(current.Viewer, slug, new(body.Subject, body.Text, body.Html), cancellation);
        return new([.. mailed.Links.Select(l => new ApiMailedLink(l.Address, l.Title, Word(l.Outcome), l.Words, l.ShortId))], mailed.Reply.ToString());
    }

    private static string Word(MailedLinkOutcome outcome) => outcome switch
    {
        MailedLinkOutcome.Proposed => "proposed",
        MailedLinkOutcome.Already => "already",
        _ => "refused",
    };

    private static async Task<CursorPage<ApiQuote>> ListQuotesAsync(string id, ReadQuotes read, CurrentViewer current, CancellationToken cancellation) =>
        new(await read.ExecuteAsync(current.Viewer, id, cancellation), null);

    private static async Task<Created<ApiQuote>> MarkAsync(string id, NewQuote body, MarkQuote mark, ReadQuotes read, CurrentViewer current, CancellationToken cancellation)
    {
        var key = await mark.ExecuteAsync(current.Viewer, id, new(Guid.Empty, body.Text, body.Note), cancellation);
        return TypedResults.Created($"/api/v1/finds/{id}/quotes", (await read.ExecuteAsync(current.Viewer, id, cancellation)).FirstOrDefault(q => q.Id == key));
    }

    private static async Task<NoContent> TakeOffAsync(string id, Guid quote, RemoveQuote remove, CurrentViewer current, CancellationToken cancellation)
    {
        await remove.ExecuteAsync(current.Viewer, id, quote, cancellation);
        return TypedResults.NoContent();
    }
}
