using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TerritoireCollab.Syndication.Reading;

/// <summary>Authors, of whom each format tells in its own way.</summary>
internal sealed partial class People
{
    /// <summary>Who is named in so many words: Atom, Dublin Core, JSON Feed.</summary>
    public const int Named = 3;

    /// <summary>RSS gives an e-mail address, sometimes with a name.</summary>
    public const int Addressed = 2;

    /// <summary>Who speaks in a podcast.</summary>
    public const int Speaking = 1;

    /// <summary>Who publishes it.</summary>
    public const int Owning = 0;

    /// <summary>Who looks after the machine: nobody's author.</summary>
    public const int Serving = -1;

    // More is a list of members.
    private const int Most = 20;
    private const int Longest = 1_000;

    private readonly List<(FeedPerson Person, int Rank)> _people = [];

    /// <summary>Adds one; null says nothing.</summary>
    public void Add(FeedPerson? person, int rank)
    {
        if (person is not null && _people.Count < Most && !_people.Exists(p => p.Person.Text == person.Text && p.Rank == rank)) _people.Add((person, rank));
    }

    /// <summary>Those that are told best.</summary>
    public IReadOnlyList<FeedPerson> Best()
    {
        if (_people.Count == 0) return [];

        var rank = _people.Max(p => p.Rank);
        return [.. _people.Where(p => p.Rank == rank).Select(p => p.Person)];
    }

    /// <summary>Whether what they publish is theirs.</summary>
    public bool AreAuthors => _people.Exists(p => p.Rank > Serving);

    /// <summary>A person of Atom, or of RSS written in that way; an element without children is the name.</summary>
    public static FeedPerson? Of(XElement element, Uri? around, FeedContext context)
    {
        if (!element.HasElements) return OfText(element.Value);

        string? name = null, email = null, address = null;
        foreach (var child in element.Elements())
            switch (context.Names.Of(child).Local)
            {
                case "name":
                    name = FeedContext.Line(child);
                    break;
                case "email":
                    email = FeedContext.Line(child);
                    break;
                case "uri" or "url" or "homepage":
                    address = child.Value;
                    break;
            }

        // dc:creator of RDF wraps a foaf:Person; whatever else holds text is read as text.
        return name is null && email is null && address is null ? OfText(element.Value) : Of(name, email, XmlBase.Resolve(address, around));
    }

    /// <summary>A person of whom parts are known.</summary>
    public static FeedPerson? Of(string? name, string? email, Uri? address)
    {
        var text = (name, email) switch
        {
            (null, null) => null,
            (null, _) => email,
            (_, null) => name,
            _ => $"{name} ({email})",
        };
        return text is null ? address is null ? null : new(address.OriginalString, null, null, address) : new(text, name, email, address);
    }

    /// <summary>A person in one text: « adresse (Nom) », « Nom &lt;adresse&gt; », the one or the other.</summary>
    public static FeedPerson? OfText(string? written)
    {
        // The brackets around an address are no markup.
        var bare = written is null ? null : Bracketed().Replace(written.Length > Longest ? written[..Longest] : written, "($1)");
        if (FeedContext.Line(bare) is not { } text) return null;
        if (!text.Contains('@', StringComparison.Ordinal) || Email().Match(text) is not { Success: true } found) return new(text, text);

        var name = (text[..found.Index] + " " + text[(found.Index + found.Length)..]).Replace("mailto:", "", StringComparison.OrdinalIgnoreCase).Trim(' ', '(', ')', '[', ']', '<', '>', ',', ';', '"', '-', '|', ':');
        return new(text, name.Length == 0 ? null : name, found.Value);
    }

    [GeneratedRegex(@"<\s*((?:mailto:)?[^<>@\s]{1,64}@[^<>@\s]{1,255})\s*>", RegexOptions.IgnoreCase)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")]
    private static partial Regex Email();
}
