using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Veille;
using TerritoireCollab.Veille.Finds;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Settings;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Testing;

/// <summary>A group with its veille on and cards on its board, written straight into the database.</summary>
/// <param name="scene">People and groups.</param>
/// <param name="group">The group.</param>
public sealed class VeilleBoard(Scene scene, Group group)
{
    private static int _count;

    /// <summary>Address of the board.</summary>
    public string Address => $"/groupes/{group.Slug}/veille/tableau";

    /// <summary>Where its gestures are posted.</summary>
    public string Gestures => Address + "/gestes";

    /// <summary>The group.</summary>
    public Group Group => group;

    /// <summary>Makes a group whose owner animates its veille.</summary>
    public static async Task<VeilleBoard> CreateAsync(Scene scene, Member owner, GroupRole creators = GroupRole.Member, GroupVisibility visibility = GroupVisibility.AllMembers, params string[] rubrics)
    {
        var group = await scene.GroupAsync("Veille d’essai", owner, visibility);
        await using var db = scene.Instance.Open(Viewer.System);
        db.GroupTools.Add(new GroupTool { GroupId = group.Id, ToolKey = VeilleModule.ToolKey, Enabled = true, Creators = creators });
        if (rubrics.Length > 0) db.Add(new VeilleProfile { GroupId = group.Id, Rubrics = string.Join('\n', rubrics) });
        await db.SaveChangesAsync();
        return new(scene, group);
    }

    /// <summary>Adds a card; each comes a minute before the one added before it, and stands after it.</summary>
    public async Task<Guid> CardAsync(
        string title, PoolState state = PoolState.Proposed, string? rubric = null, string address = "https://exemple.invalid/", string excerpt = "Le début de l’article.", int sources = 0, Guid? find = null, long? position = null, Guid? source = null)
    {
        var number = Interlocked.Increment(ref _count);
        var now = Now();
        await using var db = scene.Instance.Open(Viewer.System);
        var page = address.EndsWith('/') ? $"{address}{number}" : address;
        var news = new News { Address = page, AddressKey = Key(number), TitleKey = Key(number), Title = title, Excerpt = excerpt, PublishedAt = now, FirstSeenAt = now };
        db.Add(news);
        var entry = new PoolEntry
        {
            GroupId = group.Id, NewsId = news.Id, ArrivedAt = now.AddMinutes(-number), State = state, Rubric = rubric, Position = position ?? number * (1L << 20), SourceCount = sources, FindId = find, SourceId = source,
        };
        db.Add(entry);
        await db.SaveChangesAsync();
        return entry.Id;
    }

    /// <summary>A member's find with its comments and votes counted.</summary>
    public async Task<Guid> FindAsync(Member author, string title, int comments = 0, int useful = 0, bool removed = false)
    {
        var number = Interlocked.Increment(ref _count);
        await using var db = scene.Instance.Open(Viewer.System);
        var now = Now();
        var item = new ContentItem
        {
            ShortId = ShortIds.New(), Kind = VeilleModule.FindKind, GroupId = group.Id, AuthorId = author.Id, Audience = Audience.Group, Title = title, Excerpt = "", CreatedAt = now, UpdatedAt = now,
            LastActivityAt = now, LastActorId = author.Id, CommentCount = comments, LastCommentNumber = comments, UsefulCount = useful, DeletedAt = removed ? now : null,
        };
        var news = new News { Address = $"https://exemple.invalid/{number}", AddressKey = Key(number), TitleKey = Key(number), Title = title, Excerpt = "", PublishedAt = now, FirstSeenAt = now };
        db.Add(news);
        db.Add(new Find { Item = item, Address = news.Address, NewsId = news.Id, Body = "Utile.", BodyHtml = "<p>Utile.</p>", BodyRenderer = 1 });
        await db.SaveChangesAsync();
        return item.Id;
    }

    /// <summary>A source that the group follows.</summary>
    public async Task<Guid> SourceAsync(string name, SourceFault fault = SourceFault.None, bool muted = false)
    {
        await using var db = scene.Instance.Open(Viewer.System);
        var source = new Source { Address = $"https://exemple.invalid/{Slug.Of(name)}-{Interlocked.Increment(ref _count)}.xml", Title = name, NextFetchAt = Now(), Fault = fault, LastFetchAt = Now() };
        db.Add(source);
        var owner = await db.Memberships.Where(m => m.GroupId == group.Id && m.Role == GroupRole.Owner).Select(m => m.MemberId).FirstAsync();
        db.Add(new GroupSource { GroupId = group.Id, SourceId = source.Id, AddedById = owner, AddedAt = Now(), IsMuted = muted });
        await db.SaveChangesAsync();
        return source.Id;
    }

    /// <summary>A card as the database has it.</summary>
    public async Task<PoolEntry> EntryAsync(Guid id)
    {
        await using var db = scene.Instance.Open(Viewer.System);
        return await db.Set<PoolEntry>().AsNoTracking().SingleAsync(e => e.Id == id);
    }

    /// <summary>Titles of the cards of a state, and of a rubric when they are placed, in their order.</summary>
    public async Task<IReadOnlyList<string>> TitlesAsync(PoolState state, string? rubric = null)
    {
        await using var db = scene.Instance.Open(Viewer.System);
        return await db.Set<PoolEntry>().Where(e => e.GroupId == group.Id && e.State == state && (state != PoolState.Placed || e.Rubric == rubric)).OrderBy(e => e.Position).Select(e => e.News!.Title).ToListAsync();
    }

    private DateTime Now() => scene.Instance.Services.GetService<TimeProvider>().GetUtcNow().UtcDateTime;

    private static string Key(int number) => $"{number:x32}";
}
