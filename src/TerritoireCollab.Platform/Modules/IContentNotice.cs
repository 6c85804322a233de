namespace TerritoireCollab.Platform.Modules;

/// <summary>
/// Something that befalls a content of a tool besides being published, commented or edited, and that members are told in their news: a vote is over, something was
/// concluded. One class a kind of activity, found by injection; a tool that tells it by mail too writes that mail itself.
/// </summary>
public interface IContentNotice
{
    /// <summary>Kind of the activity, which has a content.</summary>
    string Kind { get; }

    /// <summary>Whether all members are told who want to hear of new contents; otherwise those who follow it, its author and the animators of its group.</summary>
    bool IsForAll { get; }

    /// <summary>Whether nobody did it: its actor is the author of the content, who is told like the others.</summary>
    bool IsByItself { get; }

    /// <summary>The line in the news.</summary>
    string Line(string actor, string title);
}

/// <summary>The notices of every kind.</summary>
public sealed class ContentNotices(IEnumerable<IContentNotice> notices)
{
    private readonly Dictionary<string, IContentNotice> _notices = notices.ToDictionary(n => n.Kind);

    /// <summary>The notice of a kind of activity; null when it is none.</summary>
    public IContentNotice? Of(string kind) => _notices.GetValueOrDefault(kind);
}
