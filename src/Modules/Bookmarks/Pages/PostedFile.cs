using Microsoft.AspNetCore.Http;
using TerritoireCollab.Bookmarks.Exchange;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using T = TerritoireCollab.Bookmarks.Resources.BookmarksTexts;

namespace TerritoireCollab.Bookmarks.Pages;

/// <summary>Reads the file of links that a form posts.</summary>
internal static class PostedFile
{
    /// <summary>Its bytes.</summary>
    /// <exception cref="InvalidInputException">None was chosen, or it is too large.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext http)
    {
        var file = http.Request.Form.Files.GetFile(ImportBookmarks.Field);
        if (file is not { Length: > 0 }) throw new InvalidInputException(ImportBookmarks.Field, T.FileMissing);
        if (file.Length > ImportBookmarks.MaxLength) throw new InvalidInputException(ImportBookmarks.Field, T.FileTooLarge.With(ImportBookmarks.MaxLength / 1024 / 1024));

        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, http.RequestAborted);
        return bytes.ToArray();
    }
}
