using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Modules;

/// <summary>A line of a tool's block on the home page of a group.</summary>
/// <param name="Title">Title.</param>
/// <param name="Address">Where it leads, from the root.</param>
/// <param name="Line">One line of particulars.</param>
/// <param name="Text">A sentence or two, or null.</param>
public sealed record HomeLine(string Title, string Address, string Line, string? Text = null);

/// <summary>
/// What the block of a tool shows on the home page of a group, where the newest contents are not what its members look for: the next dates, the
/// open polls. One class a tool at most, found by injection; a tool without one shows its newest contents.
/// </summary>
public interface IHomeBlock
{
    /// <summary>Key of the tool.</summary>
    string Tool { get; }

    /// <summary>Its lines, in one query or two, of what <paramref name="db"/>'s viewer may read.</summary>
    /// <param name="db">The context, open for the viewer.</param>
    /// <param name="standing">The group.</param>
    /// <param name="most">Most lines.</param>
    /// <param name="cancellation">Stops the reading.</param>
    Task<IReadOnlyList<HomeLine>> ReadAsync(AppDbContext db, Standing standing, int most, CancellationToken cancellation);
}
