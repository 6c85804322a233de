using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Sorting;

/// <summary>The rules of some groups, ready to be asked about each piece of news that arrives.</summary>
internal sealed class ApplyRules
{
    private readonly ILookup<Guid, (PoolRule Rule, NewsQuery Query)> _rules;

    private ApplyRules(ILookup<Guid, (PoolRule, NewsQuery)> rules) => _rules = rules;

    /// <summary>Reads the rules of <paramref name="groups"/>.</summary>
    public static async Task<ApplyRules> ReadAsync(AppDbContext db, IReadOnlyCollection<Guid> groups, CancellationToken cancellation)
    {
        var rules = await db.Set<PoolRule>().AsNoTracking().Where(r => groups.Contains(r.GroupId)).OrderBy(r => r.Position).ToListAsync(cancellation);
        return new(rules.Select(r => (Rule: r, Query: NewsQuery.Parse(r.Query))).ToLookup(r => r.Rule.GroupId));
    }

    /// <summary>Decides about a card that has just been made: the first rule that keeps or sets aside has the word, stars add up.</summary>
    public void Decide(PoolEntry entry, News news, GroupSource followed)
    {
        if (!_rules.Contains(entry.GroupId)) return;

        var text = NewsText.Of(news.Title, news.Excerpt, news.Author, followed.Name ?? followed.Source!.Title, new Uri(news.Address).IdnHost);
        foreach (var (rule, query) in _rules[entry.GroupId])
        {
            if (!IsFor(rule, followed) || !query.Matches(text)) continue;

            if (rule.Action == RuleAction.Star) entry.IsStarred = true;
            else if (entry.State == PoolState.Proposed) entry.State = rule.Action == RuleAction.Keep ? PoolState.Kept : PoolState.SetAside;
        }
    }

    private static bool IsFor(PoolRule rule, GroupSource followed) =>
        (rule.SourceId is null || rule.SourceId == followed.SourceId) && (rule.Folder is null || rule.Folder == followed.Folder);
}
