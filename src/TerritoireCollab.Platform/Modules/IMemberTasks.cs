using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Modules;

/// <summary>Something of a tool that waits for a member.</summary>
/// <param name="Title">Title of the content.</param>
/// <param name="Address">Where it leads, from the root.</param>
/// <param name="Line">What is to be done and by when: « Voter avant vendredi 4 décembre à 18 h ».</param>
/// <param name="Until">When it is over.</param>
public sealed record MemberTask(string Title, string Address, string Line, DateTime Until);

/// <summary>What waits for a member in a tool: votes to give, events to go to. Any number of classes, found by injection; the home page shows the soonest.</summary>
public interface IMemberTasks
{
    /// <summary>The soonest, in one query.</summary>
    /// <param name="db">The context, open for the member.</param>
    /// <param name="groups">The groups that the member belongs to, and does more in than read.</param>
    /// <param name="now">This moment, in UTC.</param>
    /// <param name="most">Most tasks.</param>
    /// <param name="cancellation">Stops the reading.</param>
    Task<IReadOnlyList<MemberTask>> ReadAsync(AppDbContext db, IReadOnlyCollection<Guid> groups, DateTime now, int most, CancellationToken cancellation);
}
