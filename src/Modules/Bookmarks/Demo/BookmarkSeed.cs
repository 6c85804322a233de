using TerritoireCollab.Bookmarks.Links;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules.Demo;

namespace TerritoireCollab.Bookmarks.Demo;

/// <summary>The bookmarks of the demo territory: pages that exist, kept by people who do not; and as many made of phrases as the scale asks for.</summary>
internal sealed class BookmarkSeed : IDemoSeed
{
    private const int BookmarksInCopy = 120;

    public int Order => 40;

    public async Task SeedAsync(DemoContext context, CancellationToken cancellation)
    {
        await PublishAsync(context, [.. context.Texts.Read<BookmarkSource[]>("bookmarks").Index().Select(s => Written(context, s.Item, s.Index))], cancellation);
        if (context.Scale == 1) return;

        foreach (var copy in context.Groups.GroupBy(g => g.Copy).OrderBy(c => c.Key)) await PublishAsync(context, [.. Bulk(context, [.. copy])], cancellation);
    }

    private static Task PublishAsync(DemoContext context, IReadOnlyList<(DemoPost Post, Uri Address)> bookmarks, CancellationToken cancellation)
    {
        var addresses = bookmarks.ToDictionary<(DemoPost Post, Uri Address), DemoPost, Uri>(b => b.Post, b => b.Address, ReferenceEqualityComparer.Instance);
        return context.PublishAsync(addresses.Keys, (post, item, body) => [Entity(post, item, body, addresses[post])], cancellation);
    }

    private static Bookmark Entity(DemoPost post, ContentItem item, RenderedBody body, Uri address)
    {
        var bookmark = new Bookmark { Id = item.Id, Address = address.AbsoluteUri, AddressKey = Bookmark.KeyOf(address) };
        bookmark.Take(post.Body, body);
        return bookmark;
    }

    private static (DemoPost, Uri) Written(DemoContext context, BookmarkSource source, int index)
    {
        var group = context.Groups.First(g => g.Slug == source.Group);
        var random = context.Random.Fork($"favoris/{index}");
        return (new DemoPost
        {
            Kind = BookmarksModule.BookmarkKind,
            Group = group,
            Author = random.Pick(group.WritersAt(source.DaysAgo)),
            Title = source.Title,
            Body = source.Body,
            At = context.At(source.DaysAgo, random.Between(8, 18), random.Below(60)),
            Audience = index % 5 == 0 ? Audience.Public : index % 3 == 0 ? Audience.Platform : Audience.Group,
            Tags = source.Tags,
            Thanks = random.Below(2),
            Useful = random.Below(4),
        }, new Uri(source.Address));
    }

    private static IEnumerable<(DemoPost, Uri)> Bulk(DemoContext context, DemoGroup[] groups)
    {
        var random = context.Random.Fork($"favoris/{groups[0].Copy}");
        for (var number = 0; number < BookmarksInCopy; number++)
        {
            var (draw, group) = (random.Fork($"{number}"), random.Pick(groups));
            var subject = context.Phrases.Subject(draw, group.Kind == GroupKind.Firms ? "entreprises" : "collectivites");
            var daysAgo = draw.Between(3, 700);
            var writers = group.WritersAt(daysAgo);
            yield return (new DemoPost
            {
                Kind = BookmarksModule.BookmarkKind,
                Group = group,
                Author = draw.Pick(writers.Count > 0 ? writers : group.Animators),
                Title = context.Phrases.Title(draw, subject).Text,
                Body = context.Phrases.Body(draw, subject),
                At = context.At(daysAgo, draw.Between(7, 20), draw.Below(60)),
                Audience = group.IsHidden ? Audience.Group : draw.Below(10) switch { 0 => Audience.Public, 1 or 2 => Audience.Platform, _ => Audience.Group },
                Tags = draw.Sample(group.Tags, draw.Between(0, 3)),
                Useful = draw.Below(4),
            }, new Uri($"https://page-{groups[0].Copy}-{number}.exemple/"));
        }
    }

    internal sealed record BookmarkSource(string Group, int DaysAgo, string Title, string Address, string[] Tags, string Body);
}
