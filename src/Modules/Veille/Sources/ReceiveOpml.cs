using Microsoft.AspNetCore.Http;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Syndication;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Sources;

/// <summary>Reads a list of sources out of a form.</summary>
internal static class ReceiveOpml
{
    /// <summary>Largest list, in bytes: tens of thousands of sources.</summary>
    public const int MostBytes = 5 * 1024 * 1024;

    /// <summary>The feeds of the file in <paramref name="field"/>.</summary>
    /// <exception cref="InvalidInputException">No file, too large, no OPML, or an OPML without feeds.</exception>
    public static async Task<IReadOnlyList<OpmlFeed>> ReadAsync(HttpContext http, string field, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        if (form.Files.GetFile(field) is not { Length: > 0 } file) throw new InvalidInputException(field, SourceTexts.ChooseAFile);
        if (file.Length > MostBytes) throw new InvalidInputException(field, SourceTexts.ListTooLarge);

        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, cancellation);
        var reading = OpmlReader.Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)) ?? throw new InvalidInputException(field, SourceTexts.NotOpml);
        return reading.Feeds.Count > 0 ? reading.Feeds : throw new InvalidInputException(field, SourceTexts.NoFeedInList);
    }
}
