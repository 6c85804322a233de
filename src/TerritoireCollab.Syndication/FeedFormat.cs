using System.Diagnostics.CodeAnalysis;
using TerritoireCollab.Syndication.Writing;

namespace TerritoireCollab.Syndication;

/// <summary>A format that feeds are published in: its extension, its content type and its writer.</summary>
public sealed class FeedFormat
{
    private FeedFormat(string name, string extension, string mediaType, Action<Feed, Stream> write)
    {
        Name = name;
        Extension = extension;
        MediaType = mediaType;
        Write = write;
    }

    /// <summary>RSS 2.0, by the RSS Advisory Board's specification and best practices profile.</summary>
    public static FeedFormat Rss { get; } = new("RSS 2.0", "rss", "application/rss+xml", Rss20Writer.Write);

    /// <summary>RSS 1.0, the RDF one.</summary>
    public static FeedFormat Rdf { get; } = new("RSS 1.0 (RDF)", "rdf", "application/rdf+xml", Rss10Writer.Write);

    /// <summary>Atom 1.0 (RFC 4287).</summary>
    public static FeedFormat Atom { get; } = new("Atom 1.0", "atom", "application/atom+xml", AtomWriter.Write);

    /// <summary>JSON Feed 1.1.</summary>
    public static FeedFormat Json { get; } = new("JSON Feed 1.1", "json", "application/feed+json", JsonFeedWriter.Write);

    /// <summary>Every format, in the order in which they are offered.</summary>
    public static IReadOnlyList<FeedFormat> All { get; } = [Rss, Rdf, Atom, Json];

    /// <summary>Name and version, for people.</summary>
    public string Name { get; }

    /// <summary>Extension in addresses, without the dot.</summary>
    public string Extension { get; }

    /// <summary>Media type without parameters, for <c>&lt;link rel="alternate"&gt;</c>.</summary>
    public string MediaType { get; }

    /// <summary>Value of the <c>Content-Type</c> header.</summary>
    public string ContentType => MediaType + "; charset=utf-8";

    internal Action<Feed, Stream> Write { get; }

    /// <summary>The format of an extension, with or without the dot, in any case.</summary>
    public static bool TryFromExtension(string? extension, [NotNullWhen(true)] out FeedFormat? format)
    {
        var bare = extension.AsSpan().TrimStart('.').ToString();
        format = All.FirstOrDefault(known => known.Extension.Equals(bare, StringComparison.OrdinalIgnoreCase));
        return format is not null;
    }

    /// <summary>The format of a content type, its parameters not regarded.</summary>
    public static bool TryFromContentType(string? contentType, [NotNullWhen(true)] out FeedFormat? format)
    {
        var bare = (contentType ?? "").Split(';')[0].Trim();
        format = All.FirstOrDefault(known => known.MediaType.Equals(bare, StringComparison.OrdinalIgnoreCase));
        return format is not null;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
