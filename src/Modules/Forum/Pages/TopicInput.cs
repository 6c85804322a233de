using TerritoireCollab.Forum.Topics;
using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Forum.Pages;

/// <summary>A thread as its form posts it.</summary>
public sealed record TopicInput
{
    /// <summary>Key proposed by the form, so that sending it twice publishes once.</summary>
    public Guid Id { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>First message, in Markdown.</summary>
    public string? Body { get; init; }

    /// <summary>Tags separated by commas.</summary>
    public string? Tags { get; init; }

    /// <summary>Who may read it.</summary>
    public Audience? Audience { get; init; }

    /// <summary>Whether it asks for an answer.</summary>
    public bool IsQuestion { get; init; }

    /// <summary>The version that was read.</summary>
    public int Version { get; init; }

    internal ContentInput Content => new() { Id = Id, Title = Title ?? "", Body = Body ?? "", Tags = Tags, Audience = Audience };

    /// <summary>The form with what was typed.</summary>
    internal TopicForm Into(TopicForm form) => form with { Title = Title ?? "", Body = Body ?? "", Tags = Tags ?? "", Audience = Audience ?? form.Audience, IsQuestion = IsQuestion };
}
