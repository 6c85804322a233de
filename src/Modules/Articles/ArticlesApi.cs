using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Articles.Reading;
using TerritoireCollab.Articles.Resources;
using TerritoireCollab.Articles.Writing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Platform.Tags;

namespace TerritoireCollab.Articles;

/// <summary>An article that a program writes.</summary>
/// <param name="Title">Title.</param>
/// <param name="Summary">The lead.</param>
/// <param name="Body">Text, in Markdown.</param>
/// <param name="Audience"><c>group</c>, <c>platform</c> or <c>public</c>; the group's own choice when absent.</param>
/// <param name="Tags">Tags.</param>
/// <param name="CoAuthors">Handles of those who write it too.</param>
/// <param name="Publish">Whether it is published at once: yes, when absent. Otherwise it is a draft of its authors.</param>
/// <param name="PublishAt">When the draft is to be published; it stays a draft until somebody publishes it when absent.</param>
/// <param name="Series">Name of the series that it is a part of.</param>
public sealed record NewArticle(
    string? Title, string? Summary, string? Body, string? Audience, IReadOnlyList<string>? Tags, IReadOnlyList<string>? CoAuthors, bool Publish = true, DateTimeOffset? PublishAt = null, string? Series = null);

/// <summary>What a program changes of an article; what is absent stays.</summary>
/// <param name="Title">Title.</param>
/// <param name="Summary">The lead.</param>
/// <param name="Body">Text, in Markdown.</param>
/// <param name="Audience"><c>group</c>, <c>platform</c> or <c>public</c>.</param>
/// <param name="Tags">Tags.</param>
/// <param name="Version">The version that was read: the change is refused when somebody has edited since.</param>
/// <param name="Series">Name of the series that it is a part of; empty takes it out of its series.</param>
public sealed record ArticleChange(string? Title, string? Summary, string? Body, string? Audience, IReadOnlyList<string>? Tags, int? Version, string? Series = null);

/// <summary>Articles under <c>/api/v1</c>, by the handlers of their pages.</summary>
internal static class ArticlesApi
{
    private static readonly ApiKind Kind = new(ArticlesModule.ArticleKind, "articles", "Article");

    public static void MapArticlesApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").WithTags("articles");
        api.AddEndpointFilter<ApiGuard>();
        api.MapGet("/groups/{slug}/articles", ListAsync).WithName("listArticles").WithSummary(ArticlesTexts.ApiList);
        api.MapPost("/groups/{slug}/articles", WriteAsync).WithName("writeArticle").WithSummary(ArticlesTexts.ApiWrite);
        api.MapGet("/groups/{slug}/articles/drafts", DraftsAsync).WithName("listArticleDrafts").WithSummary(ArticlesTexts.ApiDrafts);
        api.MapGet("/groups/{slug}/articles/drafts/{id:guid}", DraftAsync).WithName("readArticleDraft").WithSummary(ArticlesTexts.ApiDraft);
        api.MapGet("/articles/{id}", ReadAsync).WithName("readArticle").WithSummary(ArticlesTexts.ApiRead);
        api.MapPatch("/articles/{id}", ChangeAsync).WithName("changeArticle").WithSummary(ArticlesTexts.ApiChange);
        api.MapRemoval(Kind, ArticlesTexts.ApiRemove);
        api.MapComments(Kind, ArticlesTexts.ApiComments, ArticlesTexts.ApiComment);
    }

    private static Task<CursorPage<ApiWrittenArticle>> ListAsync(string slug, string? after, int? limit, ReadArticlesApi read, CurrentViewer current, CancellationToken cancellation) =>
        read.ListAsync(current.Viewer, slug, PageCursor.Parse(after), PageCursor.Limit(limit), cancellation);

    private static async Task<Results<Created<ApiWrittenArticle>, Accepted<ApiDraft>>> WriteAsync(string slug, NewArticle body, [AsParameters] Hands hands, CurrentViewer current, CancellationToken cancellation)
    {
        var viewer = current.Viewer;
        // Refused as a whole before anything is kept: a program has no form to come back to.
        var form = await hands.Read.NewAsync(viewer, slug, null, [], cancellation);
        var content = new ContentInput { Id = Guid.CreateVersion7(), Title = body.Title ?? "", Body = body.Body ?? "", Audience = AudienceWord.Parse(body.Audience) ?? form.Audience, Tags = TagList.Typed(body.Tags) };
        if (body.Publish || body.PublishAt is not null)
        {
            var rules = new Rules();
            ContentWriter.Check(rules, content, form.Standing);
            if (body.PublishAt is { } hour) hands.Schedule.CheckHour(rules, hour.UtcDateTime);
            rules.Demand();
        }

        await hands.Save.ExecuteAsync(viewer, slug, new ArticleInput { Content = content, Summary = body.Summary, Series = body.Series, CoAuthors = body.CoAuthors is null ? null : string.Join(',', body.CoAuthors.Select(h => "@" + h.TrimStart('@'))) }, cancellation);
        if (body.PublishAt is { } at) await hands.Schedule.ExecuteAsync(viewer, slug, content.Id, at.UtcDateTime, cancellation);
        if (!body.Publish || body.PublishAt is not null)
            return TypedResults.Accepted($"/api/v1/groups/{slug}/articles/drafts/{content.Id:N}", await hands.Articles.DraftAsync(viewer, slug, content.Id, cancellation));

        var (shortId, _) = await hands.Publish.ExecuteAsync(viewer, slug, content.Id, cancellation);
        return TypedResults.Created($"/api/v1/articles/{shortId}", await hands.Articles.OneAsync(viewer, shortId, cancellation));
    }

    private static Task<IReadOnlyList<ApiDraft>> DraftsAsync(string slug, ReadArticlesApi read, CurrentViewer current, CancellationToken cancellation) =>
        read.DraftsAsync(current.Viewer, slug, cancellation);

    private static Task<ApiDraft> DraftAsync(string slug, Guid id, ReadArticlesApi read, CurrentViewer current, CancellationToken cancellation) =>
        read.DraftAsync(current.Viewer, slug, id, cancellation);

    private static Task<ApiWrittenArticle> ReadAsync(string id, ReadArticlesApi read, CurrentViewer current, CancellationToken cancellation) =>
        read.OneAsync(current.Viewer, id, cancellation);

    private static async Task<ApiWrittenArticle> ChangeAsync(string id, ArticleChange body, EditArticle edit, ReadArticlesApi read, CurrentViewer current, CancellationToken cancellation)
    {
        var form = await edit.ReadAsync(current.Viewer, id, cancellation);
        var content = new ContentInput { Title = body.Title ?? form.Title, Body = body.Body ?? form.SavedBody, Audience = AudienceWord.Parse(body.Audience) ?? form.Audience, Tags = TagList.Typed(body.Tags) ?? form.Tags };
        await edit.ExecuteAsync(current.Viewer, id, new ArticleInput { Content = content, Summary = body.Summary ?? form.Summary, Series = body.Series, Cover = new(null, false, form.CoverText), Version = body.Version ?? form.Version }, cancellation);
        return await read.OneAsync(current.Viewer, id, cancellation);
    }

    /// <summary>What writing needs, taken from the services.</summary>
    internal sealed record Hands(ReadDraft Read, SaveDraft Save, ScheduleDraft Schedule, PublishDraft Publish, ReadArticlesApi Articles);
}
