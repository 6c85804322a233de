using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Modules;

/// <summary>
/// How something that befell a tool of a group, and that nobody did, is told to those who animate the group: in their news and by mail. One
/// class a kind of activity, found by injection. Such an activity has a group and no content, and the owner of the group as its actor, who
/// is told like the others.
/// </summary>
public interface IGroupNotice
{
    /// <summary>Kind of the activity.</summary>
    string Kind { get; }

    /// <summary>Whether it is told to the subject of the activity, as long as a member of the group, instead of those who animate it.</summary>
    bool IsPersonal => false;

    /// <summary>Why its mail comes, where the usual sentence would not be true; null for the usual one.</summary>
    string? Why(string groupName) => null;

    /// <summary>Who speaks, instead of the actor: the name of the tool.</summary>
    string Speaker { get; }

    /// <summary>Where to see it, from the root.</summary>
    string Address(string groupSlug);

    /// <summary>The line in the news: of whoever animates the group no more too, so without anything that its members alone may read.</summary>
    string Line(string groupName, ActivityParticulars particulars);

    /// <summary>The mail; null when there is nothing to tell any more. <paramref name="db"/> sees everything: the mail goes to the animators alone.</summary>
    Task<NoticeLetter?> WriteAsync(AppDbContext db, Activity activity, CancellationToken cancellation);

    /// <summary>Whether it is still so, as the mail leaves. <paramref name="db"/> reads as the recipient.</summary>
    Task<bool> IsStillSoAsync(AppDbContext db, Activity activity, CancellationToken cancellation);
}

/// <summary>The mail of a notice.</summary>
/// <param name="Title">Subject and title.</param>
/// <param name="Text">What happened, and what can be done.</param>
/// <param name="Lines">What it is about, each with a remark.</param>
/// <param name="Button">Label of the button that leads to its address.</param>
public sealed record NoticeLetter(string Title, string Text, IReadOnlyList<(string Name, string Remark)> Lines, string Button);

/// <summary>The notices of every kind.</summary>
public sealed class Notices(IEnumerable<IGroupNotice> notices)
{
    private readonly Dictionary<string, IGroupNotice> _notices = notices.ToDictionary(n => n.Kind);

    /// <summary>The notice of a kind of activity; null when it is none.</summary>
    public IGroupNotice? Of(string kind) => _notices.GetValueOrDefault(kind);
}
