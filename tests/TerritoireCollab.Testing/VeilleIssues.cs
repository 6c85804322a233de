using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Veille;
using TerritoireCollab.Veille.Finds;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Settings;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Testing;

/// <summary>A card to place in the issue that a group prepares.</summary>
/// <param name="Title">Title of the news.</param>
public sealed record PlacedCard(string Title)
{
    /// <summary>Address of its page; one of its own when null.</summary>
    public string? Address { get; init; }
    /// <summary>Rubric, or null.</summary>
    public string? Rubric { get; init; }
    /// <summary>What the animator says of it.</summary>
    public string? Line { get; init; }
    /// <summary>Beginning of the news.</summary>
    public string Excerpt { get; init; } = "Le département ouvre un guichet unique. Les communes y déposent leurs dossiers.";
    /// <summary>What the animator chose to quote.</summary>
    public string? Chosen { get; init; }
    /// <summary>Author of the page.</summary>
    public string? Author { get; init; }
    /// <summary>Name of the source that brought it, or null for a find alone.</summary>
    public string? Source { get; init; }
    /// <summary>Who found it, or null.</summary>
    public Member? Finder { get; init; }
}

/// <summary>The issue being prepared of a test, written straight into the database.</summary>
public static class VeilleIssues
{
    private static int _count;

    /// <summary>Sets how a group runs its veille.</summary>
    public static async Task SetVeilleAsync(this Scene scene, Group group, Action<VeilleProfile> change)
    {
        await using var db = scene.Instance.Open(Viewer.System);
        var profile = await db.Set<VeilleProfile>().FirstOrDefaultAsync(p => p.GroupId == group.Id);
        if (profile is null) db.Add(profile = new VeilleProfile { GroupId = group.Id });
        change(profile);
        await db.SaveChangesAsync();
    }

    /// <summary>Places a card in the issue that the group prepares, and returns its key.</summary>
    public static async Task<Guid> PlaceAsync(this Scene scene, Group group, Member animator, PlacedCard card)
    {
        var number = Interlocked.Increment(ref _count);
        var address = new Uri(card.Address ?? $"https://gazette.exemple.invalid/article-{number}");
        var database = scene.Instance.Services.GetService<AppDb>();
        return await database.TransactAsync(Viewer.Member(animator.Id), async (db, token) =>
        {
            var issue = await scene.Instance.Services.GetService<OpenIssue>().ExecuteAsync(db, group.Id, token);
            var entry = await scene.Instance.Services.GetService<EnterPool>().ExecuteAsync(db, group.Id, new NewsInput(address, card.Title, card.Author, card.Excerpt, "fr", new DateTime(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc)), token);
            if (card.Source is { } source) entry.SourceId = await SourceAsync(db, group, animator, source, number);
            if (card.Finder is { } finder) entry.FindId = await FindAsync(db, group, finder, entry.NewsId, address.AbsoluteUri, card.Title);
            (entry.State, entry.IssueId, entry.Position, entry.Rubric, entry.Line, entry.ChosenExcerpt) = (PoolState.Placed, issue.Id, number, card.Rubric, card.Line, card.Chosen);
            await db.SaveChangesAsync(token);
            return entry.Id;
        }, default);
    }

    /// <summary>Publishes what the group prepares, as that animator would, and returns its short identifier.</summary>
    public static Task<string> PublishAsync(this Scene scene, Group group, Member animator, string? title = null, string? introduction = null, Audience? audience = null) =>
        scene.Instance.Services.GetService<PublishIssue>().WrittenAsync(Viewer.Member(animator.Id), group.Slug, new WrittenIssue(title, introduction), audience, default);

    private static async Task<Guid> SourceAsync(AppDbContext db, Group group, Member member, string name, int number)
    {
        var source = new Source { Address = $"https://flux{number}.exemple.invalid/rss", Title = name, NextFetchAt = DateTime.UnixEpoch };
        db.Add(source);
        db.Add(new GroupSource { GroupId = group.Id, SourceId = source.Id, Source = source, AddedById = member.Id, AddedAt = DateTime.UnixEpoch });
        await db.SaveChangesAsync();
        return source.Id;
    }

    private static async Task<Guid> FindAsync(AppDbContext db, Group group, Member finder, Guid newsId, string address, string title)
    {
        var item = new ContentItem
        {
            ShortId = ShortIds.New(), Kind = VeilleModule.FindKind, GroupId = group.Id, AuthorId = finder.Id, Audience = Audience.Group, Title = title, Excerpt = "",
            CreatedAt = DateTime.UnixEpoch, UpdatedAt = DateTime.UnixEpoch, LastActivityAt = DateTime.UnixEpoch, LastActorId = finder.Id,
        };
        db.Items.Add(item);
        db.Add(new Find { Id = item.Id, Item = item, Address = address, NewsId = newsId, Body = "Utile à tous.", BodyHtml = "<p>Utile à tous.</p>", BodyRenderer = Bodies.Renderer });
        await db.SaveChangesAsync();
        return item.Id;
    }
}
