using TerritoireCollab.Platform;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Finds;

/// <summary>What became of a find: where its card stands, and the number of the revue that published it.</summary>
/// <param name="State">Where its card stands; null for whoever does not read the pool.</param>
/// <param name="CommentCount">Comments on it.</param>
/// <param name="IssueNumber">Number of the revue, once published in one that can be read.</param>
public sealed record FindFate(PoolState? State, int CommentCount, int? IssueNumber)
{
    /// <summary>In words: « proposée », « discutée », « retenue », « publiée dans la revue n° 47 »; null when there is nothing to say.</summary>
    public string? Words => (State, IssueNumber) switch
    {
        (null or PoolState.Published, { } number) => FindTexts.FatePublishedIn.With(number),
        (PoolState.Published, _) => FindTexts.FatePublished,
        (PoolState.Kept or PoolState.Placed, _) => FindTexts.FateKept,
        (PoolState.SetAside, _) => FindTexts.FateSetAside,
        (null, _) => null,
        _ => CommentCount > 0 ? FindTexts.FateDiscussed : FindTexts.FateProposed,
    };
}
