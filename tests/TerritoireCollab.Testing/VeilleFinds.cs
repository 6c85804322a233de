using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Veille.Finds;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Testing;

/// <summary>News and finds of a test: finds as their author brings them, news of sources written straight into the database.</summary>
public static class VeilleFinds
{
    /// <summary>Brings a find as its author would, and returns its short identifier.</summary>
    public static async Task<string> FindAsync(
        this Scene scene, Group group, Member author, string title, string why = "Utile à tous.", string? address = null, Audience? audience = null, string? tags = null)
    {
        var input = new ProposeFindInput(new ContentInput { Title = title, Body = why, Audience = audience, Tags = tags }, address ?? $"https://exemple.invalid/{Guid.NewGuid():N}");
        return (await scene.Instance.Services.GetService<ProposeFind>().ExecuteAsync(Viewer.Member(author.Id), group.Slug, input, default)).ShortId;
    }

    /// <summary>Marks a passage as that member would, and returns its key.</summary>
    public static Task<Guid> QuoteAsync(this Scene scene, string find, Member author, string text, string? note = null) =>
        scene.Instance.Services.GetService<MarkQuote>().ExecuteAsync(Viewer.Member(author.Id), find, new(Guid.Empty, text, note), default);

    /// <summary>Gives a find a picture of those bytes, after the signature of a PNG, written straight into the database.</summary>
    public static async Task PictureAsync(this Scene scene, string find, string content)
    {
        using var bytes = new MemoryStream([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Encoding.UTF8.GetBytes(content)]);
        var stored = await scene.Instance.Services.GetService<FileStore>().AddAsync(bytes, "image", default);
        await using var db = scene.Instance.Open(Viewer.System);
        var row = await AttachmentWriter.StoredFileAsync(db, stored, scene.Now, default);
        (await db.Set<Find>().SingleAsync(f => f.Item.ShortId == find)).PictureId = row.Id;
        await db.SaveChangesAsync();
    }

    /// <summary>A source that the group follows; returns its key.</summary>
    public static async Task<Guid> SourceAsync(this Scene scene, Group group, Member addedBy, string name)
    {
        await using var db = scene.Instance.Open(Viewer.System);
        var source = new Source { Address = $"https://flux.invalid/{Guid.NewGuid():N}", Title = name, NextFetchAt = DateTime.MaxValue.AddDays(-1) };
        db.Add(source);
        db.Add(new GroupSource { GroupId = group.Id, SourceId = source.Id, AddedById = addedBy.Id, AddedAt = scene.Now });
        await db.SaveChangesAsync();
        return source.Id;
    }

    /// <summary>News that a source brought to a group, one minute older each; returns the keys of their cards in the order of the titles.</summary>
    public static async Task<IReadOnlyList<Guid>> NewsAsync(this Scene scene, Group group, Guid source, IReadOnlyList<string> titles, PoolState state = PoolState.Proposed, int sources = 1, string excerpt = "", string? address = null)
    {
        await using var db = scene.Instance.Open(Viewer.System);
        var cards = new List<PoolEntry>(titles.Count);
        foreach (var (place, title) in titles.Index())
        {
            var page = new Uri(address ?? $"https://nouvelles.invalid/{Guid.NewGuid():N}");
            var at = scene.Now.AddMinutes(-place);
            var news = new News
            {
                Id = Guid.CreateVersion7(), Address = page.AbsoluteUri, AddressKey = NewsKeys.OfAddress(page), TitleKey = NewsKeys.OfTitle(title), Title = title, Excerpt = excerpt, PublishedAt = at, FirstSeenAt = at,
            };
            db.Add(news);
            cards.Add(new PoolEntry { GroupId = group.Id, NewsId = news.Id, ArrivedAt = at, SourceId = source, SourceCount = sources, State = state });
        }

        db.AddRange(cards);
        await db.SaveChangesAsync();
        return cards.ConvertAll(c => c.Id);
    }

    /// <summary>The card of a find, as the database has it.</summary>
    public static async Task<PoolEntry> CardAsync(this Scene scene, string find)
    {
        await using var db = scene.Instance.Open(Viewer.System);
        return await db.Set<PoolEntry>().AsNoTracking().Include(e => e.News).SingleAsync(e => db.Items.IgnoreQueryFilters().Any(i => i.Id == e.FindId && i.ShortId == find));
    }
}
