using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Platform.Revisions;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Wiki.Demo;

/// <summary>The pages of the demo territory: small trees of minutes, guides and project sheets with what they said before, and as many made of phrases as the scale asks for.</summary>
internal sealed class PageSeed : IDemoSeed
{
    private const int PagesOfACopy = 120;

    public int Order => 70;

    public async Task SeedAsync(DemoContext context, CancellationToken cancellation)
    {
        var written = context.Texts.Read<PageSource[]>("pages").Select(s => (Source: s, Post: Post(context, s))).ToList();
        var sources = written.ToDictionary<(PageSource Source, DemoPost Post), DemoPost, PageSource>(w => w.Post, w => w.Source, ReferenceEqualityComparer.Instance);
        await context.PublishAsync(written.Select(w => w.Post), (post, item, body) => Rows(context, sources[post], post, item, body), cancellation);
        await PlaceAsync(context, [.. written.Select(w => (w.Source.Title, w.Source.Parent))], cancellation);
        if (context.Scale == 1) return;

        foreach (var copy in context.Groups.GroupBy(g => g.Copy).OrderBy(c => c.Key))
        {
            var bulk = Bulk(context, [.. copy]).ToList();
            await context.PublishAsync(bulk.Select(b => b.Post), (post, item, body) => [Page(post, item, body)], cancellation);
            await PlaceAsync(context, [.. bulk.Select(b => (b.Post.Title, b.Parent))], cancellation);
        }
    }

    private static DemoPost Post(DemoContext context, PageSource source)
    {
        var group = context.Groups.First(g => g.Slug == source.Group);
        var random = context.Random.Fork($"page/{source.Group}/{source.Title}");
        var first = source.Versions.Select(v => v.DaysAgo).Append(source.DaysAgo).Max();
        var writers = Writers(group, source, first);
        return new()
        {
            Kind = WikiModule.PageKind,
            Group = group,
            Author = random.Pick(writers),
            Title = source.Title,
            Body = source.Body,
            At = context.At(first, random.Between(8, 18), random.Below(60)),
            Audience = group.IsHidden ? Audience.Group : Enum.Parse<Audience>(source.Audience, ignoreCase: true),
            Tags = source.Tags,
            IsPinned = source.Pinned,
            Useful = random.Below(4),
            Answers =
            [
                .. source.Replies.Select((reply, index) => new DemoAnswer { Author = random.Pick(writers), At = context.At(Math.Max(1, source.DaysAgo - 1 - index), 10, 20), Body = reply }),
                .. source.Margin.Select((note, index) => new DemoAnswer { Author = random.Pick(writers), At = context.At(1, 11, 5 + (10 * index)), Body = note.Body, Quote = note.Quote }),
            ],
        };
    }

    private static IReadOnlyList<DemoMember> Writers(DemoGroup group, PageSource source, int daysAgo) =>
        !source.AnimatorsWrite && group.WritersAt(daysAgo) is { Count: > 1 } writers ? writers : group.Animators;

    // Each version was replaced by the next one, and the last by what stands now.
    private static IEnumerable<object> Rows(DemoContext context, PageSource source, DemoPost post, ContentItem item, RenderedBody body)
    {
        var random = context.Random.Fork($"versions/{source.Group}/{source.Title}");
        var page = Page(post, item, body);
        (page.Writers, page.IsTemplate) = (source.AnimatorsWrite ? PageWriters.Animators : PageWriters.Members, source.Template);
        page.FirstName = source.Versions.Length > 0 ? source.Versions[0].Name : null;
        yield return page;

        for (var at = 0; at < source.Versions.Length; at++)
        {
            var next = at + 1 < source.Versions.Length ? source.Versions[at + 1] : null;
            var days = next?.DaysAgo ?? source.DaysAgo;
            var edit = new Revision
            {
                Id = context.NewKey(), TargetId = item.Id, ItemId = item.Id, Title = item.Title, Body = source.Versions[at].Body, EditorId = random.Pick(Writers(post.Group, source, days)).Id,
                At = context.At(days, random.Between(9, 18), random.Below(60)), Version = at + 1, Comment = next?.Comment, Name = next?.Name,
            };
            item.Version = at + 2;
            (page.EditedAt, item.UpdatedAt) = (edit.At, edit.At);
            yield return edit;
        }
    }

    private static WikiPage Page(DemoPost post, ContentItem item, RenderedBody body) =>
        new() { Id = item.Id, Item = item, Body = post.Body, BodyHtml = body.Html, BodyRenderer = body.Renderer, FoldedTitle = PageTitle.Fold(item.Title) };

    private static IEnumerable<(DemoPost Post, string? Parent)> Bulk(DemoContext context, DemoGroup[] groups)
    {
        var random = context.Random.Fork($"pages/{groups[0].Copy}");
        foreach (var group in groups)
        {
            var titles = new List<string>();
            for (var n = 0; n < PagesOfACopy / groups.Length; n++)
            {
                var subject = context.Phrases.Subject(random, group.Kind == GroupKind.Firms ? "entreprises" : "collectivites");
                var days = random.Between(3, 500);
                var title = Excerpt.Cut(context.Phrases.Title(random, subject).Text, ContentItem.TitleLength - 12) + $" ({group.Copy}.{n + 1})";
                var parent = titles.Count > 0 && random.Chance(70) ? random.Pick(titles) : null;
                titles.Add(title);
                yield return (new DemoPost
                {
                    Kind = WikiModule.PageKind,
                    Group = group,
                    Author = random.Pick(group.WritersAt(days) is { Count: > 0 } writers ? writers : group.Animators),
                    Title = title,
                    Body = string.Join("\n\n", Enumerable.Range(0, 4).Select(_ => context.Phrases.Body(random, subject))),
                    At = context.At(days, random.Between(8, 18), random.Below(60)),
                    Audience = group.IsHidden ? Audience.Group : random.Chance(20) ? Audience.Platform : Audience.Group,
                }, parent);
            }
        }
    }

    // Where pages stand and where their links lead is known once all are there.
    private static async Task PlaceAsync(DemoContext context, IReadOnlyList<(string Title, string? Parent)> places, CancellationToken cancellation)
    {
        var parents = places.Where(p => p.Parent is not null).GroupBy(p => PageTitle.Fold(p.Title)).ToDictionary(p => p.Key, p => PageTitle.Fold(p.First().Parent!));
        var titles = places.Select(p => PageTitle.Fold(p.Title)).ToHashSet();
        await context.ChangeAsync(async db =>
        {
            var pages = await db.Set<WikiPage>().Include(p => p.Item).ToListAsync(cancellation);
            foreach (var group in pages.GroupBy(p => p.Item.GroupId))
            {
                var byTitle = group.GroupBy(p => p.FoldedTitle).ToDictionary(p => p.Key, p => p.First().Id);
                foreach (var (rank, page) in group.Where(p => titles.Contains(p.FoldedTitle)).OrderBy(p => p.Item.CreatedAt).ThenBy(p => p.FoldedTitle, StringComparer.Ordinal).Index())
                {
                    page.Rank = rank;
                    page.ParentId = parents.TryGetValue(page.FoldedTitle, out var over) && byTitle.TryGetValue(over, out var parent) ? parent : null;
                    foreach (var key in RichText.FindPageLinks(page.Body).Select(PageLinks.KeyOf).Distinct())
                        db.Add(new WikiLink { ItemId = page.Id, Item = page.Item, Key = key, TargetId = byTitle.TryGetValue(key, out var target) ? target : null });
                }
            }
        }, cancellation);
    }

    private sealed record PageSource(
        string Group, string Title, string Body, int DaysAgo, string? Parent, string[] Tags, bool Pinned, bool Template, bool AnimatorsWrite, string Audience, VersionSource[] Versions, string[] Replies)
    {
        public NoteSource[] Margin { get; init; } = [];
    }

    // What is said of a passage, in the margin.
    private sealed record NoteSource(string Quote, string Body);

    private sealed record VersionSource(int DaysAgo, string Body, string? Comment, string? Name);
}
