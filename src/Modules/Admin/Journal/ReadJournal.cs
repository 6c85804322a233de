using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Admin.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Admin.Journal;

/// <summary>A line of the security log.</summary>
public sealed record JournalLine
{
    /// <summary>When.</summary>
    public required DateTime At { get; init; }
    /// <summary>What, as stored.</summary>
    public required string Kind { get; init; }
    /// <summary>Who did it.</summary>
    public string? Actor { get; init; }
    /// <summary>Whom it concerns.</summary>
    public string? Subject { get; init; }
    /// <summary>In which group, when the administrator may know of it.</summary>
    public string? Group { get; init; }
    /// <summary>Details.</summary>
    public string? Detail { get; init; }

    /// <summary>What, in words; as stored when no words were written for it.</summary>
    public string Words => AdminTexts.ResourceManager.GetString("Log_" + Kind.Replace('.', '_').Replace('-', '_'), System.Globalization.CultureInfo.CurrentUICulture) ?? Kind;
}

/// <summary>A page of the log.</summary>
/// <param name="Lines">On this page, newest first.</param>
/// <param name="Page">From 1.</param>
/// <param name="HasMore">Whether there is a next page.</param>
public sealed record JournalView(IReadOnlyList<JournalLine> Lines, int Page, bool HasMore);

/// <summary>Reads the security log.</summary>
internal sealed class ReadJournal(AppDb database)
{
    private const int PageSize = 50;
    private const int LastPage = 200;

    /// <summary>One page; only kinds that begin with one of <paramref name="starts"/>, all when empty.</summary>
    /// <exception cref="NotFoundException">The viewer does not administer the platform.</exception>
    public async Task<JournalView> ExecuteAsync(Viewer viewer, IReadOnlyList<string> starts, int page, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using var db = database.Open(viewer);
        page = Math.Clamp(page, 1, LastPage);
        var events = db.SecurityEvents.AsNoTracking();
        if (starts.Count > 0) events = events.Where(e => starts.Any(s => EF.Functions.Like(e.Kind, s + "%")));
        var lines = await events.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Skip((page - 1) * PageSize).Take(PageSize + 1).Select(e => new JournalLine
        {
            At = e.At,
            Kind = e.Kind,
            Actor = db.Members.Where(m => m.Id == e.ActorId).Select(m => m.Name).FirstOrDefault(),
            Subject = db.Members.Where(m => m.Id == e.SubjectId).Select(m => m.Name).FirstOrDefault(),
            Group = db.Groups.Where(g => g.Id == e.GroupId).Select(g => g.Name).FirstOrDefault(),
            Detail = e.Detail,
        }).ToListAsync(cancellation);
        return new([.. lines.Take(PageSize)], page, lines.Count > PageSize);
    }
}
