using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Search;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Search.Finding;

/// <summary>Something that can be mentioned, under the names that the composer's script reads.</summary>
/// <param name="Texte">As shown.</param>
/// <param name="Note">Smaller words under it.</param>
/// <param name="Cle">What is written into the text.</param>
internal sealed record Mentionable(string Texte, string? Note, string Cle);

/// <summary>Proposes members after « @ » and contents after « # ».</summary>
internal sealed class SuggestMentions(AppDb database, ModuleCatalog modules, FindEverywhere find)
{
    private const int Most = 6;
    private const int Longest = 60;

    /// <summary>At most six proposals for what was typed, its sign included.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in.</exception>
    public Task<IReadOnlyList<Mentionable>> ExecuteAsync(Viewer viewer, string? typed, CancellationToken cancellation)
    {
        if (!viewer.IsMember) throw new NotFoundException();

        return typed switch
        {
            { Length: > 1 and <= Longest } and ['#', .. var words] => ContentsAsync(viewer, words, cancellation),
            { Length: > 1 and <= Longest } and ['@', .. var name] => MembersAsync(viewer, name, cancellation),
            { Length: > 0 and <= Longest } => MembersAsync(viewer, typed, cancellation),
            _ => Task.FromResult<IReadOnlyList<Mentionable>>([]),
        };
    }

    private async Task<IReadOnlyList<Mentionable>> MembersAsync(Viewer viewer, string typed, CancellationToken cancellation)
    {
        var start = FoldedName.Of(typed);
        if (start.Length == 0) return [];

        await using var db = database.Open(viewer);
        var found = await db.Members
            .Where(m => m.State == MemberState.Active && (m.FoldedName.StartsWith(start) || m.FoldedName.Contains(" " + start) || m.Handle.StartsWith(start)))
            .OrderBy(m => m.FoldedName).Take(Most)
            .Select(m => new { m.Name, m.Handle, Organisation = m.Affiliations.Where(a => a.IsPrincipal && a.Until == null).Select(a => a.Organisation!.Name).FirstOrDefault() })
            .ToListAsync(cancellation);
        return [.. found.Select(m => new Mentionable(m.Name, m.Organisation, "@" + m.Handle))];
    }

    private async Task<IReadOnlyList<Mentionable>> ContentsAsync(Viewer viewer, string typed, CancellationToken cancellation)
    {
        var contents = modules.Kinds.Select(k => k.Key).ToHashSet();
        var page = await find.ExecuteAsync(viewer, new SearchInput(typed), cancellation);
        var hits = page.Hits.Where(h => contents.Contains(h.Kind)).Take(Most).ToList();
        if (hits.Count == 0) return [];

        await using var db = database.Open(viewer);
        var ids = hits.Select(h => h.TargetId).ToList();
        var shortIds = await db.Items.Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.ShortId, cancellation);
        return [.. hits.Where(h => shortIds.ContainsKey(h.TargetId)).Select(h => new Mentionable(h.Title, h.GroupName, "#" + shortIds[h.TargetId]))];
    }
}
