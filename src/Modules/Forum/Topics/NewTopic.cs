using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Drafts;

namespace TerritoireCollab.Forum.Topics;

/// <summary>Reads what the form of a new thread shows.</summary>
internal sealed class NewTopic(AppDb database, Rights rights, KeepDrafts drafts)
{
    /// <summary>Key of the draft of a new thread in a group.</summary>
    public static string DraftKey(Guid groupId) => $"fil-nouveau/{groupId:N}";

    /// <summary>The form, filled with the draft that was kept.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    /// <exception cref="ForbiddenException">The viewer may not start a thread there.</exception>
    public async Task<TopicForm> ExecuteAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, ForumModule.StartTopic, groupSlug, cancellation);
        var draft = await drafts.ReadAsync(viewer, DraftKey(standing.GroupId), cancellation);
        return new(standing, await EditContent.PlatformMembersAsync(db, cancellation), null, "", draft ?? "", "", standing.ProposedAudience, true, 0);
    }
}
