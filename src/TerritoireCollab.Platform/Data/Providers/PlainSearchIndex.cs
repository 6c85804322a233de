using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Search;

namespace TerritoireCollab.Platform.Data.Providers;

/// <summary>Matching by LIKE over the stems, where no full text is installed (SQL Server). Right, and slow on large territories.</summary>
internal sealed class PlainSearchIndex : ISearchIndex
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<long>> MatchAsync(AppDbContext db, IndexQuery query, int limit, CancellationToken cancellation)
    {
        var documents = db.SearchDocuments.Where(d => query.Scopes.Contains(d.Scope));
        if (query.AnyTerm)
        {
            var stems = query.Terms.Select(t => $" {string.Join(' ', t.Stems)} ").ToList();
            documents = query.InTitles
                ? documents.Where(d => stems.Any(s => (" " + d.TitleStems + " ").Contains(s)))
                : documents.Where(d => stems.Any(s => (" " + d.Stems + " ").Contains(s)));
        }

        foreach (var term in query.AnyTerm ? [] : query.Terms)
        {
            var whole = $" {string.Join(' ', term.Stems)} ";
            var begun = term.Prefix is { } prefix ? " " + prefix : whole;
            documents = query.InTitles
                ? documents.Where(d => (" " + d.TitleStems + " ").Contains(whole) || (" " + d.TitleStems + " ").Contains(begun))
                : documents.Where(d => (" " + d.Stems + " ").Contains(whole) || (" " + d.Stems + " ").Contains(begun));
        }

        if (query.Places is [var place, ..]) documents = documents.Where(d => d.Place.Contains(place));
        if (query.Kinds is [var kind, ..]) documents = documents.Where(d => d.Place.Contains(kind));
        return await documents.OrderByDescending(d => d.Number).Select(d => d.Number).Take(limit).ToListAsync(cancellation);
    }
}
