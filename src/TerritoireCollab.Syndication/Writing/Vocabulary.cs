namespace TerritoireCollab.Syndication.Writing;

/// <summary>An XML vocabulary: its namespace and the prefix that validators and older readers expect.</summary>
internal sealed record Vocabulary(string Prefix, string Namespace)
{
    public static readonly Vocabulary None = new("", "");
    public static readonly Vocabulary Atom = new("", "http://www.w3.org/2005/Atom");
    public static readonly Vocabulary AtomInRss = new("atom", Atom.Namespace);
    public static readonly Vocabulary Content = new("content", "http://purl.org/rss/1.0/modules/content/");
    public static readonly Vocabulary DublinCore = new("dc", "http://purl.org/dc/elements/1.1/");
    public static readonly Vocabulary Rdf = new("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    public static readonly Vocabulary Rss10 = new("", "http://purl.org/rss/1.0/");
}
