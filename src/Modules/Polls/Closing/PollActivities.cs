using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Closing;

/// <summary>Kinds of activity of polls.</summary>
internal static class PollActivities
{
    /// <summary>The vote is over.</summary>
    public const string Closed = "polls.closed";

    /// <summary>Something was concluded.</summary>
    public const string Concluded = "polls.concluded";
}

/// <summary>That a vote is over, in the news of its author, of those who follow it and of the animators.</summary>
internal sealed class ClosedNotice : IContentNotice
{
    /// <inheritdoc />
    public string Kind => PollActivities.Closed;

    /// <inheritdoc />
    public bool IsForAll => false;

    /// <inheritdoc />
    public bool IsByItself => true;

    /// <inheritdoc />
    public string Line(string actor, string title) => PollsTexts.NewsClosed.With(title);
}

/// <summary>What was concluded, in the news of all members.</summary>
internal sealed class ConcludedNotice : IContentNotice
{
    /// <inheritdoc />
    public string Kind => PollActivities.Concluded;

    /// <inheritdoc />
    public bool IsForAll => true;

    /// <inheritdoc />
    public bool IsByItself => false;

    /// <inheritdoc />
    public string Line(string actor, string title) => PollsTexts.NewsConcluded.With(actor, title);
}
