namespace TerritoireCollab.Documents.Reading;

/// <summary>Hands the tags and texts of a part to whoever knows its vocabulary, until the sink is full.</summary>
internal abstract class PartWalker(BlockSink sink)
{
    /// <summary>Where paragraphs go.</summary>
    protected Flow Flow { get; } = new(sink);

    /// <summary>Reads a part to its end; nothing when it is not there.</summary>
    public void Walk(XmlPart? part)
    {
        using (part)
        {
            while (part is not null && !sink.IsFull && part.Read())
            {
                if (part.NodeKind == XmlPartNode.Open) Open(part);
                else if (part.NodeKind == XmlPartNode.Close) Close(part.Name);
                else Text(part.Value);
            }
        }
    }

    /// <summary>An element begins.</summary>
    protected abstract void Open(XmlPart part);

    /// <summary>An element ends.</summary>
    protected abstract void Close(string name);

    /// <summary>Text inside.</summary>
    protected abstract void Text(string text);
}
