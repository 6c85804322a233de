using System.Xml;
using TerritoireCollab.Documents.Zip;

namespace TerritoireCollab.Documents.Reading;

/// <summary>What <see cref="XmlPart.Read"/> stands at.</summary>
internal enum XmlPartNode
{
    /// <summary>A start tag.</summary>
    Open,

    /// <summary>An end tag, or the end of an empty element.</summary>
    Close,

    /// <summary>Text.</summary>
    Text,
}

/// <summary>
/// XML read forward within limits: no document type, no resolver, no more depth, time or bytes between two tags than allowed. Names are local:
/// producers differ in their prefixes and the two editions of OOXML in their namespaces.
/// </summary>
internal sealed class XmlPart : IDisposable
{
    private readonly XmlReader _reader;
    private readonly ExtractionLimits _limits;
    private readonly CancellationToken _cancellation;
    private readonly Func<bool> _readNode;
    private int _skipDepth = -1;
    private bool _closesEmpty;
    private int _nodes;

    public XmlPart(Stream stream, ExtractionLimits limits, CancellationToken cancellation)
    {
        _limits = limits;
        _cancellation = cancellation;
        _readNode = ReadNode;
        _reader = Guard(() => XmlReader.Create(new TokenStream(stream, limits.TokenBytes), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CheckCharacters = false,
            CloseInput = true,
        }));
    }

    /// <summary>What the reader stands at.</summary>
    public XmlPartNode NodeKind { get; private set; }

    /// <summary>Local name of the element.</summary>
    public string Name => _reader.LocalName;

    /// <summary>Text of a text node.</summary>
    public string Value { get; private set; } = "";

    /// <summary>Value of the attribute of that local name, or null.</summary>
    public string? this[string localName] => Attribute(localName, "");

    /// <summary>What names another part (<c>r:id</c>, which stands beside an <c>id</c> of another kind), or null.</summary>
    public string? RelationshipId => Attribute("id", "/relationships");

    /// <summary>Value of a whole number, or null.</summary>
    public int? Number(string localName) => int.TryParse(this[localName], System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether an attribute of OOXML that is true when it stands alone is true.</summary>
    public bool IsOn(string localName, bool missing) => this[localName] is { } value ? value is not ("0" or "false" or "off" or "none") : missing;

    /// <summary>Leaves out what stands in the element just opened; its end still comes.</summary>
    public void SkipContent()
    {
        if (!_reader.IsEmptyElement) _skipDepth = _reader.Depth;
    }

    /// <summary>Goes on to the next tag or text.</summary>
    /// <exception cref="DocumentException">The part is no XML, or beyond a limit.</exception>
    public bool Read()
    {
        if (_closesEmpty)
        {
            _closesEmpty = false;
            NodeKind = XmlPartNode.Close;
            return true;
        }

        return Guard(_readNode);
    }

    public void Dispose() => _reader.Dispose();

    private bool ReadNode()
    {
        while (_reader.Read())
        {
            if ((++_nodes & 0xff) == 0) _cancellation.ThrowIfCancellationRequested();
            if (_reader.Depth > _limits.Depth) throw new DocumentException(DocumentFault.TooComplex);
            if (IsSkipped() || KindOf(_reader.NodeType) is not { } kind) continue;

            NodeKind = kind;

            // The rest of a text is read only now, and may be broken.
            if (kind == XmlPartNode.Text) Value = _reader.Value;
            _closesEmpty = kind == XmlPartNode.Open && _reader.IsEmptyElement;
            return true;
        }

        return false;
    }

    private string? Attribute(string localName, string endOfNamespace)
    {
        string? value = null;
        for (var more = _reader.MoveToFirstAttribute(); more && value is null; more = _reader.MoveToNextAttribute())
            if (_reader.LocalName == localName && _reader.NamespaceURI.EndsWith(endOfNamespace, StringComparison.Ordinal)) value = _reader.Value;
        _reader.MoveToElement();
        return value;
    }

    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (XmlException error) when (error.InnerException is DocumentException inner)
        {
            throw inner;
        }
        catch (XmlException error)
        {
            throw new DocumentException(DocumentFault.Broken, error);
        }
    }

    private bool IsSkipped()
    {
        if (_skipDepth < 0) return false;
        if (_reader.Depth > _skipDepth) return true;
        _skipDepth = -1;
        return false;
    }

    private static XmlPartNode? KindOf(XmlNodeType type) => type switch
    {
        XmlNodeType.Element => XmlPartNode.Open,
        XmlNodeType.EndElement => XmlPartNode.Close,
        XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace => XmlPartNode.Text,
        _ => null,
    };

    /// <summary>
    /// Stops where no tag begins for too long: the reader holds a name, an attribute or a text in one piece. « &lt; » stands in none of them, and is
    /// one byte of the same value in every charset that XML is read in here.
    /// </summary>
    private sealed class TokenStream(Stream stream, int limit) : ForwardStream
    {
        private int _length;

        public override int Read(Span<byte> buffer)
        {
            var read = stream.Read(buffer);
            var last = buffer[..read].LastIndexOf((byte)'<');
            _length = last < 0 ? _length + read : read - last;
            return _length <= limit ? read : throw new DocumentException(DocumentFault.TooComplex);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) stream.Dispose();
            base.Dispose(disposing);
        }
    }
}
