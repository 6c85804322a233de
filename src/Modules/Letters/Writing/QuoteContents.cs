using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Letters.Writing;

/// <summary>A content of the group that a letter may tell of.</summary>
/// <param name="ShortId">Short identifier.</param>
/// <param name="Title">Title.</param>
/// <param name="Kind">What it is, in words.</param>
/// <param name="At">When it was published.</param>
public sealed record RecentContent(string ShortId, string Title, string Kind, DateTime At);

/// <summary>Takes contents of a group into the text of a letter: title, what a reader wants to know first, first words, link. The text is then changed like any other.</summary>
internal sealed class QuoteContents(AppDb database, Rights rights, ModuleCatalog modules, Platform.Modules.Faces faces, PlatformOptions platform, TimeProvider clock)
{
    private const int Most = 12;
    private const int ExcerptLength = 300;
    private static readonly TimeSpan Recent = TimeSpan.FromDays(60);

    /// <summary>What was published in the group of late.</summary>
    public async Task<IReadOnlyList<RecentContent>> ListAsync(AppDbContext db, Standing standing, CancellationToken cancellation)
    {
        var (group, since, kinds) = (standing.GroupId, clock.GetUtcNow().UtcDateTime - Recent, Kinds(standing));
        var found = await db.Items.Where(i => i.GroupId == group && kinds.Contains(i.Kind) && i.CreatedAt > since).OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id).Take(Most)
            .Select(i => new { i.ShortId, i.Title, i.Kind, i.CreatedAt }).ToListAsync(cancellation);
        return [.. found.Select(i => new RecentContent(i.ShortId, i.Title, modules.Kind(i.Kind).Name(), i.CreatedAt))];
    }

    /// <summary>The text with those contents after it, in the order in which they were published.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no letters.</exception>
    /// <exception cref="ForbiddenException">The viewer may not write to the whole group.</exception>
    public async Task<string> ExecuteAsync(Viewer viewer, string groupSlug, string body, IReadOnlyCollection<string> shortIds, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, LettersModule.WriteLetter, groupSlug, cancellation);
        var (group, kinds) = (standing.GroupId, Kinds(standing));
        var items = await db.Items.AsNoTracking().Where(i => i.GroupId == group && kinds.Contains(i.Kind) && shortIds.Contains(i.ShortId)).OrderBy(i => i.CreatedAt).ThenBy(i => i.Id).Take(Most).ToListAsync(cancellation);
        var lines = new Dictionary<Guid, string>();
        foreach (var kind in items.GroupBy(i => i.Kind))
            foreach (var (id, line) in await faces.Of(kind.Key).LinesAsync(db, [.. kind.Select(i => i.Id)], cancellation)) lines[id] = line;

        var text = new StringBuilder(body.TrimEnd());
        foreach (var item in items)
            foreach (var part in Parts(item, lines.GetValueOrDefault(item.Id)))
            {
                if (text.Length > 0) text.Append("\n\n");
                text.Append(part);
            }

        return text.ToString();
    }

    private IEnumerable<string> Parts(ContentItem item, string? line)
    {
        yield return $"## [{Quiet(item.Title)}]({platform.Absolute($"/c/{item.ShortId}")})";
        if (!string.IsNullOrEmpty(line)) yield return $"**{Quiet(line)}**";
        if (Excerpt.Cut(item.Excerpt, ExcerptLength) is { Length: > 0 } words) yield return Quiet(words);
    }

    // Whoever is named in what is quoted was told when it was written.
    private static string Quiet(string text) => PlainMarkdown.Lines(text).Replace("@", @"\@", StringComparison.Ordinal);

    private List<string> Kinds(Standing standing) =>
        [.. modules.Kinds.Where(k => k.Can(Capability.Streamed) && k.Key != LettersModule.LetterKind && (modules.Tool(k.Tool) is not { } tool || standing.Has(tool))).Select(k => k.Key)];
}
