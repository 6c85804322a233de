using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Modules;

/// <summary>A time that somebody thinks of, in UTC.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="End">When it ends.</param>
public sealed record Period(DateTime Start, DateTime End);

/// <summary>Something that takes place at a time, or the same evening.</summary>
/// <param name="Title">What.</param>
/// <param name="Address">Where it leads, relative to the base, or on another site.</param>
/// <param name="Line">When and whose: « 18 h 30, Groupe des communes ».</param>
/// <param name="IsMine">Whether whoever asks goes there, perhaps or surely.</param>
public sealed record Planned(string Title, string Address, string Line, bool IsMine);

/// <summary>
/// What takes place at times that somebody thinks of, so that dates are chosen that take nobody from another meeting. Any number of classes, found by
/// injection; what the viewer may not read is not there.
/// </summary>
public interface ITimetable
{
    /// <summary>What takes place at each of those times: first where the viewer goes.</summary>
    /// <param name="db">The context, open for the viewer.</param>
    /// <param name="times">The times.</param>
    /// <param name="most">Most for each.</param>
    /// <param name="cancellation">Stops the reading.</param>
    Task<ILookup<Period, Planned>> ReadAsync(AppDbContext db, IReadOnlyCollection<Period> times, int most, CancellationToken cancellation);
}
