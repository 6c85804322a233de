using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Forum.Topics;

/// <summary>Finds a thread for a gesture that asks a permission.</summary>
internal static class TopicRights
{
    /// <summary>The thread's row and the viewer's standing in its group.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, in the trash, or not a thread.</exception>
    /// <exception cref="ForbiddenException">Visible, but not allowed.</exception>
    public static async Task<(ContentItem Item, Standing Standing)> RequireTopicAsync(this Rights rights, AppDbContext db, Permission permission, string shortId, CancellationToken cancellation)
    {
        var (item, standing) = await rights.RequireItemAsync(db, permission, shortId, cancellation);
        return item.Kind == ForumModule.TopicKind ? (item, standing) : throw new NotFoundException();
    }
}
