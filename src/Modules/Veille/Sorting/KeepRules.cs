using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Resources;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Sorting;

/// <summary>A rule as its form posts it.</summary>
/// <param name="Query">What it looks for.</param>
/// <param name="Action">What it does.</param>
/// <param name="Source">Key of the one source it is for, or null.</param>
/// <param name="Folder">The one folder it is for, or null.</param>
public sealed record RuleInput(string? Query, RuleAction Action, Guid? Source, string? Folder);

/// <summary>A rule in the list.</summary>
/// <param name="Id">Key.</param>
/// <param name="Query">What it looks for.</param>
/// <param name="Action">What it does.</param>
/// <param name="Where">The source or folder it is for, or null for all.</param>
public sealed record RuleRow(Guid Id, string Query, RuleAction Action, string? Where);

/// <summary>News that a rule would find.</summary>
/// <param name="Title">Title.</param>
/// <param name="Source">Its source.</param>
public sealed record RuleMatch(string Title, string Source);

/// <summary>The rules of a group.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Rows">In the order in which they are asked.</param>
/// <param name="Sources">Sources to choose from.</param>
/// <param name="Folders">Folders to choose from.</param>
public sealed record RulesView(Standing Standing, IReadOnlyList<RuleRow> Rows, IReadOnlyList<(Guid Id, string Name)> Sources, IReadOnlyList<string> Folders);

/// <summary>Keeps the rules of a group, and shows what one would have done before it is made.</summary>
internal sealed class KeepRules(AppDb database, Rights rights)
{
    /// <summary>Rules that a group may have.</summary>
    public const int Most = 50;

    /// <summary>News that a rule is tried on: the last ones of the group.</summary>
    public const int Tried = 100;

    /// <summary>The rules.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no veille.</exception>
    /// <exception cref="ForbiddenException">No animator.</exception>
    public async Task<RulesView> ReadAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, VeilleModule.Curate, groupSlug, cancellation);
        var sources = await db.Set<GroupSource>().AsNoTracking().Where(s => s.GroupId == standing.GroupId).Select(s => new { s.SourceId, s.Folder, Name = s.Name ?? s.Source!.Title }).ToListAsync(cancellation);
        var names = sources.ToDictionary(s => s.SourceId, s => s.Name);
        var rules = await db.Set<PoolRule>().AsNoTracking().Where(r => r.GroupId == standing.GroupId).OrderBy(r => r.Position).ToListAsync(cancellation);
        return new(
            standing,
            rules.ConvertAll(r => new RuleRow(r.Id, r.Query, r.Action, r.SourceId is { } source ? names.GetValueOrDefault(source, "?") : r.Folder)),
            [.. names.Select(n => (n.Key, n.Value)).OrderBy(n => n.Value, StringComparer.CurrentCultureIgnoreCase)],
            [.. sources.Select(s => s.Folder).OfType<string>().Distinct().Order(StringComparer.CurrentCultureIgnoreCase)]);
    }

    /// <summary>What the rule would have found among the last news of the group.</summary>
    /// <exception cref="InvalidInputException">The query is empty, too long, or looks for nothing.</exception>
    public async Task<IReadOnlyList<RuleMatch>> TryAsync(Viewer viewer, string groupSlug, RuleInput input, CancellationToken cancellation)
    {
        Check(input);
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, VeilleModule.Curate, groupSlug, cancellation);
        var last = await (from e in db.Set<PoolEntry>().AsNoTracking()
                          where e.GroupId == standing.GroupId && e.SourceId != null
                          orderby e.ArrivedAt descending
                          select new { e.News!.Title, e.News.Excerpt, e.News.Author, e.News.Address, e.SourceId }).Take(Tried).ToListAsync(cancellation);
        var followed = await db.Set<GroupSource>().AsNoTracking().Where(s => s.GroupId == standing.GroupId).Select(s => new { s.SourceId, s.Folder, Name = s.Name ?? s.Source!.Title }).ToDictionaryAsync(s => s.SourceId, cancellation);
        var query = NewsQuery.Parse(input.Query);
        return [.. from news in last
                   let source = followed.GetValueOrDefault(news.SourceId!.Value)
                   where source is not null && (input.Source is null || input.Source == source.SourceId) && (string.IsNullOrEmpty(input.Folder) || input.Folder == source.Folder)
                   where query.Matches(NewsText.Of(news.Title, news.Excerpt, news.Author, source.Name, new Uri(news.Address).IdnHost))
                   select new RuleMatch(news.Title, source.Name)];
    }

    /// <summary>Adds a rule after the others; it is for what arrives from now on.</summary>
    /// <exception cref="InvalidInputException">The query is empty, too long, or looks for nothing; too many rules; no such source.</exception>
    public async Task AddAsync(Viewer viewer, string groupSlug, RuleInput input, CancellationToken cancellation)
    {
        Check(input);
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, VeilleModule.Curate, groupSlug, cancellation);
        var places = await db.Set<PoolRule>().Where(r => r.GroupId == standing.GroupId).Select(r => r.Position).ToListAsync(cancellation);
        var isFollowed = input.Source is not { } source || await db.Set<GroupSource>().AnyAsync(s => s.GroupId == standing.GroupId && s.SourceId == source, cancellation);
        new Rules()
            .Check(places.Count < Most, nameof(input.Query), RuleTexts.TooManyRules.With(Most))
            .Check(isFollowed, nameof(input.Source), RuleTexts.ChooseSource)
            .Demand();
        db.Add(new PoolRule
        {
            GroupId = standing.GroupId,
            Query = input.Query!.Trim(),
            Action = input.Action,
            SourceId = input.Source,
            Folder = string.IsNullOrEmpty(input.Folder) ? null : input.Folder,
            Position = places.Count == 0 ? 0 : places.Max() + 1,
            CreatedById = viewer.MemberId,
        });
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Takes a rule away. What it did stays.</summary>
    /// <exception cref="NotFoundException">No such rule of the group.</exception>
    public async Task RemoveAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, VeilleModule.Curate, groupSlug, cancellation);
        if (await db.Set<PoolRule>().Where(r => r.GroupId == standing.GroupId && r.Id == id).ExecuteDeleteAsync(cancellation) == 0) throw new NotFoundException();
    }

    private static void Check(RuleInput input) => new Rules()
        .Text(input.Query, nameof(input.Query), PoolRule.QueryLength)
        .Check(string.IsNullOrWhiteSpace(input.Query) || !NewsQuery.Parse(input.Query).IsEmpty, nameof(input.Query), RuleTexts.LooksForNothing)
        .Check(Enum.IsDefined(input.Action), nameof(input.Action), RuleTexts.ChooseAction)
        .Demand();
}
