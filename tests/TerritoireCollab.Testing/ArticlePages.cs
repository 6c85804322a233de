using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Articles.Writing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Testing;

/// <summary>Articles of a test: written by the pages as their authors do, or seeded.</summary>
public static class ArticlePages
{
    /// <summary>CSS selector of a button of the form that writes.</summary>
    public static string Button(string gesture) => $"button[value='{gesture}']";

    /// <summary>Sends the form of a new article by one of its buttons.</summary>
    public static async Task<VisitedPage> WriteAsync(this Visitor visitor, Group group, string gesture, params (string Name, string? Value)[] fields) =>
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/articles/nouveau"), Button(gesture), fields);

    /// <summary>A published article; returns its short identifier.</summary>
    public static async Task<string> ArticleAsync(this Scene scene, Group group, Member author, string title, string body = "Un texte.", Audience? audience = null, string? tags = null, string? summary = null, string? coAuthors = null, byte[]? cover = null, string? coverText = null, string? series = null)
    {
        var id = await scene.DraftAsync(group, author, title, body, audience, tags, summary, coAuthors, cover, coverText, series: series);
        return (await scene.Instance.Services.GetService<PublishDraft>().ExecuteAsync(Viewer.Member(author.Id), group.Slug, id, default)).ShortId;
    }

    /// <summary>A draft; returns its key.</summary>
    public static async Task<Guid> DraftAsync(this Scene scene, Group group, Member author, string title, string body = "Un texte.", Audience? audience = null, string? tags = null, string? summary = null, string? coAuthors = null, byte[]? cover = null, string? coverText = null, DateTime? publishAt = null, string? series = null)
    {
        var (services, viewer, id) = (scene.Instance.Services, Viewer.Member(author.Id), Guid.CreateVersion7());
        await services.GetService<SaveDraft>().ExecuteAsync(viewer, group.Slug, new ArticleInput
        {
            Content = new() { Id = id, Title = title, Body = body, Audience = audience ?? Audience.Group, Tags = tags },
            Summary = summary,
            Series = series,
            CoAuthors = coAuthors,
            Cover = new(cover, false, cover is null ? null : coverText ?? "Une image"),
        }, default);
        if (publishAt is { } at) await services.GetService<ScheduleDraft>().ExecuteAsync(viewer, group.Slug, id, at, default);
        return id;
    }

    /// <summary>The draft of that key as the database has it; null once it is none any more.</summary>
    public static async Task<ArticleDraft?> DraftOfAsync(this Scene scene, Guid id)
    {
        await using var db = scene.Instance.Open(Viewer.System);
        return await db.Set<ArticleDraft>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id);
    }
}
