using TerritoireCollab.Bookmarks.Links;
using TerritoireCollab.Bookmarks.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Tags;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Bookmarks.Exchange;

/// <summary>What came of a file.</summary>
/// <param name="Added">Bookmarks added.</param>
/// <param name="Present">Pages that the group had already.</param>
/// <param name="Refused">Lines that are no page of the web, with what is wrong.</param>
public sealed record ImportedBookmarks(int Added, int Present, IReadOnlyList<string> Refused);

/// <summary>Brings bookmarks from a file: of a browser (HTML), of a feed reader (OPML) or of a spreadsheet (CSV). Nobody is told of each.</summary>
internal sealed class ImportBookmarks(AppDb database, Rights rights, AddBookmark add)
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MaxLength = 2 * 1024 * 1024;

    /// <summary>Most links of one file.</summary>
    public const int Most = 500;

    /// <summary>Name of the field of the file.</summary>
    public const string Field = "Fichier";

    private const int MostFaultsShown = 20;
    private const int LongestShown = 120;

    /// <summary>Adds what is not there yet. A file sent twice leaves what sending it once leaves.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no bookmarks.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group, or only animators add bookmarks.</exception>
    /// <exception cref="InvalidInputException">Too large, too many links, or none in it.</exception>
    public async Task<ImportedBookmarks> ExecuteAsync(Viewer viewer, string groupSlug, byte[] bytes, Audience audience, CancellationToken cancellation)
    {
        await using (var db = database.Open(viewer)) await rights.RequireAsync(db, BookmarksModule.Add, groupSlug, cancellation);
        return await EachAsync(bytes, async link => (await add.ExecuteAsync(viewer, groupSlug, new(ContentOf(link, audience), link.Address), cancellation)).AlreadyBy is null);
    }

    /// <summary>Goes through the links of a file.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="add">Adds one; whether it is new.</param>
    /// <exception cref="InvalidInputException">Too many links, or none in it.</exception>
    public static async Task<ImportedBookmarks> EachAsync(byte[] bytes, Func<BookmarkLine, Task<bool>> add)
    {
        var links = BookmarkFile.Read(bytes);
        if (links.Count == 0) throw new InvalidInputException(Field, BookmarksTexts.FileWithoutLinks);
        if (links.Count > Most) throw new InvalidInputException(Field, BookmarksTexts.FileTooMany.With(links.Count, Most));

        var (added, present, refused) = (0, 0, new List<string>());
        foreach (var link in links)
        {
            try
            {
                if (await add(link)) added++;
                else present++;
            }
            catch (InvalidInputException invalid)
            {
                refused.Add($"{Excerpt.Cut(link.Title ?? link.Address, LongestShown)}\u00A0: {invalid.Rules[0].Message}");
            }
        }

        return new(added, present, refused.Count <= MostFaultsShown ? refused : [.. refused.Take(MostFaultsShown), BookmarksTexts.AndOthers.With(refused.Count - MostFaultsShown)]);
    }

    /// <summary>What a link is called: by its file, or else by its address.</summary>
    public static string TitleOf(BookmarkLine link) => link.Title is { Length: > 0 } given ? given : PageAddress.TryParse(link.Address, out var address, out _) ? PageAddress.Name(address) : link.Address;

    private static ContentInput ContentOf(BookmarkLine link, Audience audience) => new()
    {
        Title = Excerpt.Cut(TitleOf(link), ContentItem.TitleLength),
        // What no browser asks for cannot be demanded of a file; whoever knows why a link matters can say so later.
        Body = link.Description is { Length: > 0 } why ? Excerpt.Cut(why, Bodies.MaxLength) : "",
        IsBodyOptional = true,
        Audience = audience,
        Tags = string.Join(", ", link.Tags.Take(TagList.Most)),
        IsQuiet = true,
    };
}
