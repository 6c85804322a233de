using TerritoireCollab.Platform.Fetching;

namespace TerritoireCollab.Veille.Demo;

/// <summary>The text <c>veille</c>: what the veille of the demo territory is written from.</summary>
internal sealed record WatchSource(
    string Name, string[] Rubrics, string[][] Tags, FeedText[] Sources, IssueText[] Issues, DraftText Draft, NewsText[] Proposed, NewsText[] SetAside, NewsText[][] Fresh, EditorialText[] Editorials);

/// <summary>A source.</summary>
/// <param name="Key">What the news call it.</param>
/// <param name="Name">What it calls itself.</param>
/// <param name="Folder">Where the group files it.</param>
/// <param name="Host">Its site.</param>
/// <param name="Path">Where its feed is on it.</param>
/// <param name="Style">How its feed is written.</param>
/// <param name="State">How it does.</param>
/// <param name="Description">What it says of itself.</param>
/// <param name="Rights">What may be done with its articles.</param>
internal sealed record FeedText(string Key, string Name, string Folder, string Host, string Path, FeedStyle Style, FeedState State, string Description, FeedRights Rights = FeedRights.Free)
{
    /// <summary>How its page is read, where it has no feed and the group reads it all the same; null otherwise.</summary>
    public PageSelectors? Selectors => Style == FeedStyle.Page && State != FeedState.NotAFeed ? FeedPress.Selectors : null;

    /// <summary>Address of its feed.</summary>
    public string Address => $"https://{Host}{Path}";

    /// <summary>Address of its site.</summary>
    public string Site => $"https://{Host}/";
}

/// <summary>What a site lets be done with its articles.</summary>
internal enum FeedRights
{
    /// <summary>They may be read anywhere.</summary>
    Free,
    /// <summary>They are for its subscribers.</summary>
    Subscribers,
    /// <summary>They are not to be copied.</summary>
    Reserved,
}

/// <summary>How a feed is written: the ways in which French sites really write them.</summary>
internal enum FeedStyle
{
    /// <summary>RSS 2.0 as SPIP writes it: ISO-8859-15, <c>&amp;nbsp;</c> that XML does not know, dates of Dublin Core, an empty guid.</summary>
    Spip,
    /// <summary>RSS 2.0 as WordPress writes it: full text, categories, a guid that is not the address.</summary>
    WordPress,
    /// <summary>Atom 1.0.</summary>
    Atom,
    /// <summary>RSS 1.0, the RDF one.</summary>
    Rdf,
    /// <summary>JSON Feed 1.1.</summary>
    Json,
    /// <summary>RSS 0.91.</summary>
    Rss091,
    /// <summary>RSS 2.0 with dates in French.</summary>
    FrenchDates,
    /// <summary>RSS 2.0 in windows-1252, which it does not say.</summary>
    Windows1252,
    /// <summary>RSS 2.0 with ampersands as they are typed.</summary>
    BareAmpersand,
    /// <summary>RSS 2.0 whose end is missing.</summary>
    CutTail,
    /// <summary>RSS 2.0 without dates.</summary>
    NoDates,
    /// <summary>A page of HTML, without any feed.</summary>
    Page,
}

/// <summary>How a source does.</summary>
internal enum FeedState
{
    /// <summary>Well.</summary>
    Fine,
    /// <summary>Added, and never asked yet.</summary>
    NeverAsked,
    /// <summary>Answers 404.</summary>
    NotFound,
    /// <summary>Its name is not known any more.</summary>
    NameUnknown,
    /// <summary>Does not answer in time.</summary>
    TimedOut,
    /// <summary>Gone for good (410).</summary>
    Gone,
    /// <summary>Answers from another address.</summary>
    Moved,
    /// <summary>Well, but the group does not want its news for now.</summary>
    Muted,
    /// <summary>Answers, but with no feed.</summary>
    NotAFeed,
}

/// <summary>A piece of news.</summary>
/// <param name="Rubric">Place of its rubric, from 0.</param>
/// <param name="Sources">Keys of the sources that carry it, the one whose page it is first; empty for a page that a member found alone.</param>
/// <param name="Host">Site of a page that a member found alone.</param>
/// <param name="Title">Title.</param>
/// <param name="Excerpt">Its beginning.</param>
/// <param name="Line">What the animator says of it, or null.</param>
/// <param name="Find">The find of a member about it, or null.</param>
internal sealed record NewsText(int Rubric, string[] Sources, string? Host, string Title, string Excerpt, string? Line, FindText? Find);

/// <summary>A find.</summary>
/// <param name="Why">Why it matters.</param>
/// <param name="Comments">What others said.</param>
internal sealed record FindText(string Why, CommentText[] Comments)
{
    /// <summary>Passages that were marked on its page.</summary>
    public QuoteText[] Quotes { get; init; } = [];

    /// <summary>Whether its page shows a picture of itself.</summary>
    public bool Picture { get; init; }
}

/// <summary>A marked passage.</summary>
/// <param name="Author">A letter, as for comments.</param>
/// <param name="Text">The passage.</param>
/// <param name="Note">What is said of it, or null.</param>
internal sealed record QuoteText(string Author, string Text, string? Note);

/// <summary>A comment.</summary>
/// <param name="Author">A letter for each person: <c>x</c> who found it, <c>a</c> the animator, others anybody.</param>
/// <param name="Answers">Whether it answers the one before.</param>
/// <param name="Body">Markdown.</param>
internal sealed record CommentText(string Author, bool Answers, string Body);

/// <summary>A published issue, with what its cover shows when it has one.</summary>
internal sealed record IssueText(string? Title, string Introduction, NewsText[] News, string? Cover = null);

/// <summary>The édito of a month, the oldest first.</summary>
internal sealed record EditorialText(string Title, string Body);

/// <summary>The issue being prepared.</summary>
internal sealed record DraftText(string? Title, string Introduction, NewsText[] Placed, NewsText[] Kept);
