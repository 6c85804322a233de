using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;

namespace TerritoireCollab.Bookmarks.Copies;

/// <summary>A copy in the list of its owner.</summary>
/// <param name="Id">Key.</param>
/// <param name="Title">Title of the page.</param>
/// <param name="Address">Address of the page.</param>
/// <param name="At">When the page was read.</param>
public sealed record CopyLine(Guid Id, string Title, string Address, DateTime At)
{
    /// <summary>The name of the site, as readers know it.</summary>
    public string Host => PageAddress.HostOf(Address);
}

/// <summary>A copy whole.</summary>
/// <param name="Line">What it is of.</param>
/// <param name="Html">The text, sanitised HTML.</param>
public sealed record CopyView(CopyLine Line, string Html);

/// <summary>Reads the copies that a member keeps for himself.</summary>
internal sealed class ReadCopies(AppDb database)
{
    /// <summary>All of them, the last read first.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in.</exception>
    public async Task<IReadOnlyList<CopyLine>> ListAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return await db.OwnCopies().AsNoTracking().OrderByDescending(c => c.At).Take(KeepCopy.Most).Select(c => new CopyLine(c.Id, c.Title, c.Address, c.At)).ToListAsync(cancellation);
    }

    /// <summary>One of them.</summary>
    /// <exception cref="NotFoundException">Absent, or somebody else's.</exception>
    public async Task<CopyView> OneAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return await db.OwnCopies().AsNoTracking().Where(c => c.Id == id).Select(c => new CopyView(new(c.Id, c.Title, c.Address, c.At), c.Html)).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
    }
}
