namespace TerritoireCollab.Syndication;

/// <summary>Writes feeds: UTF-8 without byte order mark, the same bytes for the same feed whatever the culture or the machine.</summary>
public static class FeedWriter
{
    /// <summary>Writes to a stream, synchronously, and leaves it open. A web server that refuses synchronous writes takes <see cref="WriteUtf8"/>.</summary>
    public static void Write(Feed feed, FeedFormat format, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(stream);
        format.Write(feed, stream);
    }

    /// <summary>Writes to memory, which also gives the length and the entity tag.</summary>
    public static byte[] WriteUtf8(Feed feed, FeedFormat format)
    {
        using var memory = new MemoryStream();
        Write(feed, format, memory);
        return memory.ToArray();
    }
}
