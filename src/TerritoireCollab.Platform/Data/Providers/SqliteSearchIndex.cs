using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Search;

namespace TerritoireCollab.Platform.Data.Providers;

/// <summary>SQLite's FTS5, titles in a table of their own: in a common one, the text of every comment would be passed over. Triggers of the migration keep both in step with <see cref="SearchDocument"/>.</summary>
internal sealed class SqliteSearchIndex : ISearchIndex
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<long>> MatchAsync(AppDbContext db, IndexQuery query, int limit, CancellationToken cancellation)
    {
        var match = Match(query);
        var rows = query.InTitles
            ? db.Database.SqlQuery<long>($"SELECT rowid AS Value FROM SearchTitles WHERE SearchTitles MATCH {match} ORDER BY rowid DESC LIMIT {limit}")
            : db.Database.SqlQuery<long>($"SELECT rowid AS Value FROM SearchFullText WHERE SearchFullText MATCH {match} ORDER BY rowid DESC LIMIT {limit}");
        return await rows.ToListAsync(cancellation);
    }

    // Every word was reduced to letters and digits by the analyser or by SearchScopes, and is quoted besides.
    private static string Match(IndexQuery query)
    {
        var words = query.Terms.Select(term => term.Prefix is { } prefix
            ? $"(\"{term.Stems[0]}\" OR \"{prefix}\"*)"
            : $"\"{string.Join(' ', term.Stems)}\"");
        var match = $"{{{(query.InTitles ? "TitleStems" : "Stems")}}} : ({string.Join(query.AnyTerm ? " OR " : " AND ", words)}) AND {AnyOf("Scope", query.Scopes)}";
        if (query.Places.Count > 0) match += " AND " + AnyOf("Place", query.Places);
        if (query.Kinds.Count > 0) match += " AND " + AnyOf("Place", query.Kinds);
        return match;
    }

    private static string AnyOf(string column, IReadOnlyList<string> words) => $"{{{column}}} : ({string.Join(" OR ", words.Select(w => $"\"{w}\""))})";
}
