using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Drafts;
using TerritoireCollab.Platform.Tags;

namespace TerritoireCollab.Veille.Finds;

/// <summary>What the form of a find shows.</summary>
/// <param name="Standing">The group.</param>
/// <param name="PlatformMembers">Active members of the platform, for the sentence on who will read.</param>
/// <param name="ShortId">Short identifier, or null for a new find.</param>
/// <param name="Address">Address of the page.</param>
/// <param name="Title">Title.</param>
/// <param name="Body">Why it matters, in Markdown.</param>
/// <param name="Tags">Tags separated by commas.</param>
/// <param name="Audience">Who may read it.</param>
/// <param name="Version">Its version; 0 for a new find.</param>
public sealed record FindForm(Standing Standing, int PlatformMembers, string? ShortId, string Address, string Title, string Body, string Tags, Audience Audience, int Version)
{
    /// <summary>Tags that the group uses most, to choose from.</summary>
    public IReadOnlyList<string> UsualTags { get; init; } = [];

    /// <summary>A passage of the page to mark.</summary>
    public string Quote { get; init; } = "";

    /// <summary>Whether the page's picture stays away.</summary>
    public bool WithoutPicture { get; init; }
}

/// <summary>Reads what the form of a new find shows.</summary>
internal sealed class NewFind(AppDb database, Rights rights, KeepDrafts drafts)
{
    /// <summary>Key of the draft of a new find in a group.</summary>
    public static string DraftKey(Guid groupId) => $"trouvaille-nouvelle/{groupId:N}";

    /// <summary>The form, filled with the draft that was kept.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no veille.</exception>
    /// <exception cref="ForbiddenException">The viewer may not bring a find there.</exception>
    public async Task<FindForm> ExecuteAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, VeilleModule.Propose, groupSlug, cancellation);
        var draft = await drafts.ReadAsync(viewer, DraftKey(standing.GroupId), cancellation);
        return new(standing, await EditContent.PlatformMembersAsync(db, cancellation), null, "", "", draft ?? "", "", standing.ProposedAudience, 0) { UsualTags = await UsualTags.OfAsync(db, standing.GroupId, VeilleModule.FindKind, cancellation) };
    }
}
