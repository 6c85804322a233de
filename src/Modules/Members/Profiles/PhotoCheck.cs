using TerritoireCollab.Members.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Members.Profiles;

/// <summary>Takes a photo as it may be kept: of a size that every reader's browser bears, and nothing but pixels.</summary>
internal static class PhotoCheck
{
    /// <summary>Largest photo, in bytes.</summary>
    public const int MaxLength = 2 * 1024 * 1024;

    /// <summary>Longest side, in pixels.</summary>
    public const int LongestSide = 4000;

    /// <summary>The picture as it is kept: without place, device or anything else that others should not download with it.</summary>
    /// <exception cref="InvalidInputException">Too large, or no PNG, JPEG or WebP picture.</exception>
    public static byte[] Cleaned(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxLength) throw new InvalidInputException("Photo", MembersTexts.PhotoTooHeavy.With(MaxLength / 1024 / 1024));
        if (bytes.StartsWith("GIF8"u8) || PictureSize.Of(bytes) is not var (width, height) || width == 0 || height == 0) throw new InvalidInputException("Photo", MembersTexts.PhotoNotAPicture);
        if (width > LongestSide || height > LongestSide) throw new InvalidInputException("Photo", MembersTexts.PhotoTooLarge.With(LongestSide));
        return PictureMetadata.Strip(bytes) ?? throw new InvalidInputException("Photo", MembersTexts.PhotoNotAPicture);
    }
}
