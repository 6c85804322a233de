using Microsoft.AspNetCore.Http;
using TerritoireCollab.Members.Profiles;

namespace TerritoireCollab.Members.Pages;

/// <summary>Photos that forms send.</summary>
internal static class PostedPhoto
{
    /// <summary>The bytes, at most one more than allowed so that the check refuses it; null when none was sent.</summary>
    public static async Task<byte[]?> ReadAsync(IFormFile? file)
    {
        if (file is not { Length: > 0 }) return null;

        var bytes = new byte[Math.Min(file.Length, PhotoCheck.MaxLength + 1)];
        await using var content = file.OpenReadStream();
        await content.ReadExactlyAsync(bytes);
        return bytes;
    }
}
