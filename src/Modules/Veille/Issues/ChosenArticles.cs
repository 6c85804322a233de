using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Veille.Finds;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Settings;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Issues;

/// <summary>A card placed in the issue, with what the article says of where it comes from.</summary>
/// <param name="Entry">The card.</param>
/// <param name="News">The news.</param>
/// <param name="Title">The find's own title, or the page's.</param>
/// <param name="SourceName">Name of its source, or the host of its page.</param>
/// <param name="FinderId">Who found it, or null.</param>
/// <param name="Finder">Who found it, or null.</param>
internal sealed record ChosenArticle(PoolEntry Entry, News News, string Title, string SourceName, Guid? FinderId, FinderView? Finder)
{
    /// <summary>What is quoted: what the animator chose, else the beginning of the news.</summary>
    public string Excerpt => Entry.ChosenExcerpt ?? Sentences.First(News.Excerpt, 2);
}

/// <summary>Reads what is placed in an issue, in the order of its readers: by rubric as the group orders them, then by place.</summary>
internal static class ChosenArticles
{
    public static async Task<IReadOnlyList<ChosenArticle>> ReadAsync(AppDbContext db, Guid groupId, Guid issueId, VeilleProfile? profile, CancellationToken cancellation)
    {
        var rows = await (
            from e in db.Set<PoolEntry>()
            where e.GroupId == groupId && e.IssueId == issueId && e.State == PoolState.Placed
            join n in db.Set<News>() on e.NewsId equals n.Id
            from g in db.Set<GroupSource>().Where(g => g.GroupId == groupId && g.SourceId == e.SourceId).DefaultIfEmpty()
            from s in db.Set<Source>().Where(s => s.Id == e.SourceId).DefaultIfEmpty()
            from f in db.Set<Find>().Where(f => f.Id == e.FindId).DefaultIfEmpty()
            select new { Entry = e, News = n, FindTitle = (string?)f.Item.Title, Named = g.Name, Titled = s.Title, FinderId = (Guid?)f.Item.AuthorId, FinderName = f.Item.Author!.Name, f.Item.Author.Handle }).ToListAsync(cancellation);

        var order = Rubrics.Of(profile).Select((name, at) => (name, at)).ToDictionary(r => r.name, r => r.at, StringComparer.Ordinal);
        return [.. rows
            .Select(r => new ChosenArticle(r.Entry, r.News, r.FindTitle ?? r.News.Title, r.Named ?? r.Titled ?? HostOf(r.News.Address), r.FinderId, r.FinderId is null ? null : new(r.FinderName, r.Handle)))
            // As on the board: what stands in no rubric first, and a rubric that was taken off the list after the others.
            .OrderBy(a => a.Entry.Rubric is not { } rubric ? -1 : order.GetValueOrDefault(rubric, order.Count))
            .ThenBy(a => a.Entry.Rubric, StringComparer.CurrentCulture).ThenBy(a => a.Entry.Position).ThenBy(a => a.Entry.ArrivedAt)];
    }

    /// <summary>Host of a page, for people.</summary>
    public static string HostOf(string address)
    {
        var host = Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.IdnHost : address;
        return host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
    }
}

/// <summary>The rubrics of a group.</summary>
internal static class Rubrics
{
    /// <summary>Their names in order.</summary>
    public static IReadOnlyList<string> Of(VeilleProfile? profile) =>
        [.. (profile?.Rubrics ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
}

/// <summary>Sentences of a plain text.</summary>
internal static class Sentences
{
    private const int Shortest = 20;

    /// <summary>Its first sentences; the whole when it has no more. A full stop after a few letters ends an abbreviation, no sentence.</summary>
    public static string First(string text, int count)
    {
        var begun = 0;
        for (var at = 0; at < text.Length - 1; at++)
        {
            if (text[at] is not ('.' or '!' or '?' or '…') || !char.IsWhiteSpace(text[at + 1]) || at - begun < Shortest) continue;
            if (--count == 0) return text[..(at + 1)];
            begun = at + 2;
        }

        return text;
    }
}
