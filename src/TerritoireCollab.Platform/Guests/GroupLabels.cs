using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Settings;

namespace TerritoireCollab.Platform.Guests;

/// <summary>How a group is named to somebody.</summary>
/// <param name="Name">Its name, or the platform's.</param>
/// <param name="Slug">Its address; null where the reader may not learn that there is such a group.</param>
public sealed record GroupLabel(string Name, string? Slug);

/// <summary>
/// Names groups to those who are asked to take part in something. Without an account one learns of the content, and not that a hidden group is behind it:
/// the platform speaks for it.
/// </summary>
public sealed class GroupLabels(PlatformSettings settings, PlatformOptions platform)
{
    /// <summary>To those who may see the group.</summary>
    public static GroupLabel ForMember(Group group) => new(group.Name, group.Slug);

    /// <summary>To somebody without an account.</summary>
    public async ValueTask<GroupLabel> ForGuestAsync(Group group, CancellationToken cancellation) =>
        group.Visibility == GroupVisibility.Hidden ? new((await settings.ReadAsync(cancellation)).Name, null) : ForMember(group);

    /// <summary>The header fields of a mail of that group.</summary>
    /// <param name="label">How it is named.</param>
    /// <param name="reason">Why it is sent, in one word.</param>
    /// <param name="stop">What stops such mails at one click, or null.</param>
    public MailSorting Sorting(GroupLabel label, string reason, Uri? stop)
    {
        ArgumentNullException.ThrowIfNull(label);
        return label.Slug is { } slug
            ? MailSorting.OfGroup(reason, label.Name, slug, platform, stop)
            : new() { Reason = reason, ListName = label.Name, ListKey = "invitations", Archive = platform.Absolute("/"), Unsubscribe = stop };
    }
}
