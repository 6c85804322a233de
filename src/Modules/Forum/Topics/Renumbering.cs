using TerritoireCollab.Platform.Comments;

namespace TerritoireCollab.Forum.Topics;

/// <summary>Gives messages that go to another thread their numbers there, keeping who answers whom among those that go together.</summary>
internal static class Renumbering
{
    /// <summary>Renumbers <paramref name="comments"/>, in the order of their numbers, from <paramref name="first"/> on and puts them under <paramref name="itemId"/>.</summary>
    /// <returns>Their old numbers and their new ones.</returns>
    public static IReadOnlyList<(int Old, int New)> MoveTo(this IReadOnlyList<Comment> comments, Guid itemId, int first)
    {
        var moved = new Dictionary<int, Comment>(comments.Count);
        var number = first;
        foreach (var comment in comments)
        {
            var parent = Find(moved, comment.ParentNumber) ?? Find(moved, comment.RootNumber);
            moved[comment.Number] = comment;
            (comment.ItemId, comment.Number) = (itemId, number);
            (comment.RootNumber, comment.ParentNumber) = (parent?.RootNumber ?? number, parent?.Number);
            comment.Version++;
            number++;
        }

        return [.. moved.Select(m => (m.Key, m.Value.Number))];
    }

    private static Comment? Find(Dictionary<int, Comment> moved, int? number) => number is { } n ? moved.GetValueOrDefault(n) : null;
}
