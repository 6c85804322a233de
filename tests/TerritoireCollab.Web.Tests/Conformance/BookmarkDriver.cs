namespace TerritoireCollab.Web.Tests.Conformance;

/// <summary>Bookmarks, each of a page of its own.</summary>
public sealed record BookmarkDriver : KindDriver
{
    /// <inheritdoc />
    public override string Kind => "bookmarks.bookmark";

    /// <inheritdoc />
    public override string Collection => "bookmarks";

    /// <inheritdoc />
    public override string Tool => "favoris";

    /// <inheritdoc />
    public override object Posted(string title, string body, string? audience = null) => new { title, body, audience, address = $"https://exemple.invalid/{Guid.NewGuid():N}" };
}
