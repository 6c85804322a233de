using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Agenda.Events;

/// <summary>
/// Who organises an event: members of its group, its author among them or not, and organisations. The members sign it with its author, and may change it as the author may.
/// </summary>
/// <param name="Members">Those beside the author, in order.</param>
/// <param name="IsByOthers">Whether the author is none of them.</param>
internal sealed record Organisers(IReadOnlyList<Guid> Members, bool IsByOthers)
{
    /// <summary>Name of the field.</summary>
    public const string Field = nameof(EventDetails.Organisers);

    /// <summary>Reads names that were typed, and breaks a rule at the field for who cannot be told. Nobody at all is the author alone.</summary>
    /// <param name="db">The context.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="author">The author.</param>
    /// <param name="present">Those of the event as it stands, who may have left the group since.</param>
    /// <param name="typed">The names, separated by commas; null to leave all as it is.</param>
    /// <param name="rules">Where rules are broken.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<Organisers?> FindAsync(AppDbContext db, Guid groupId, Guid author, IReadOnlyList<AuthorView> present, string? typed, Rules rules, CancellationToken cancellation)
    {
        if (typed is null) return null;

        var known = await db.Members.Where(m => m.Id == author).Select(m => new AuthorView(m.Id, m.Name, m.Handle, null)).ToListAsync(cancellation);
        known.AddRange(present);
        var kept = new List<Guid>();
        var others = new List<string>();
        foreach (var word in typed.Split([',', ';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (known.Find(k => FoldedName.Of(k.Name) == FoldedName.Of(word)) is { } one) kept.Add(one.Id);
            else others.Add(word);
        }

        kept.AddRange(await CoAuthors.FindAsync(db, groupId, string.Join(',', others), Field, rules, cancellation));
        return new([.. kept.Where(k => k != author).Distinct()], kept.Count > 0 && !kept.Contains(author));
    }

    /// <summary>Writes them; the caller saves.</summary>
    public async Task WriteAsync(AppDbContext db, AgendaEvent e, CancellationToken cancellation)
    {
        await CoAuthors.SetAsync(db, e.Item, Members, cancellation);
        e.IsByOthers = IsByOthers;
    }

    /// <summary>The members who organise an event, by their names.</summary>
    public static IReadOnlyList<string> Names(AgendaEvent e, string author, IReadOnlyList<AuthorView> others) => [.. e.IsByOthers ? [] : new[] { author }, .. others.Select(o => o.Name)];

    /// <summary>Those members who are shown: nobody where it is its author alone, whom the page names anyway.</summary>
    public static IReadOnlyList<string> Shown(AgendaEvent e, string author, IReadOnlyList<AuthorView> others) => others.Count == 0 ? [] : Names(e, author, others);

    /// <summary>The organisations of the column.</summary>
    public static IReadOnlyList<string> Split(string? organisations) => [.. (organisations ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
