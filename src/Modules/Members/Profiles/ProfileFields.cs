using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Members.Profiles;

/// <summary>Whether a field is shown: to its owner always, to others as the owner chose. Administrators are others.</summary>
internal static class ProfileFields
{
    /// <summary>The rule.</summary>
    public static bool IsShown(FieldVisibility visibility, bool isSelf, bool sharesGroup) =>
        isSelf || visibility == FieldVisibility.Members || (visibility == FieldVisibility.MyGroups && sharesGroup);

    /// <summary>The value when it is shown, otherwise null.</summary>
    public static T? Shown<T>(T? value, FieldVisibility visibility, bool isSelf, bool sharesGroup) => IsShown(visibility, isSelf, sharesGroup) ? value : default;

    /// <summary>Address of a photo; changes with the photo, so that browsers keep it.</summary>
    public static string PhotoAddress(string handle, Guid photo) => $"membres/{handle}/photo?v={photo.ToString("N")[^8..]}";
}
