namespace TerritoireCollab.Markup;

/// <summary>Where the sanitised text may be read, and what its relative links are relative to.</summary>
public sealed record SanitizerOptions
{
    /// <summary>A text of this site, whose address is not known: only paths from the root stay.</summary>
    public static SanitizerOptions Default { get; } = new();

    /// <summary>Address of a foreign document: every relative link is resolved against it. Null, or not absolute: there is none.</summary>
    public Uri? BaseUri { get; init => field = value is { IsAbsoluteUri: true } ? value : null; }

    /// <summary>The site's own address: links into it become site-relative.</summary>
    public Uri? Site { get; init; }

    /// <summary>
    /// For foreign documents that are kept before they are shown: pictures of the web stay as pictures, with their absolute address and their
    /// text. Those of one pixel, which only count readers, go. Where the text is shown the default turns the rest into links.
    /// </summary>
    public bool KeepPictures { get; init; }

    /// <summary>For foreign documents: no link is site-relative, whatever it begins with.</summary>
    internal bool IsForeign => BaseUri is not null || KeepPictures;
}
