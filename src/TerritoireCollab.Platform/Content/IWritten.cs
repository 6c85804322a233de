using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Platform.Content;

/// <summary>A text kept as it was typed and as it is shown.</summary>
public interface IRenderedText
{
    /// <summary>Markdown.</summary>
    string Body { get; set; }

    /// <summary>The text rendered by <see cref="BodyRenderer"/>.</summary>
    string BodyHtml { get; set; }

    /// <summary>Version of the renderer of <see cref="BodyHtml"/>.</summary>
    int BodyRenderer { get; set; }
}

/// <summary>A tool's entity with a text of its own: what <see cref="PublishContent"/> and <see cref="EditContent"/> write.</summary>
public interface IWritten : IContent, IRenderedText
{
    /// <summary>Last edit of title or text.</summary>
    DateTime? EditedAt { get; set; }
}

/// <summary>Gives a text what is shown of it, and reads it.</summary>
public static class RenderedText
{
    /// <summary>The sanitised HTML, made anew when the renderer has changed since it was stored.</summary>
    public static string Html(this IRenderedText text) => text.BodyRenderer == Bodies.Renderer ? text.BodyHtml : RichText.Render(text.Body, RichTextContext.Empty);

    /// <summary>Takes the text that was typed, and how it is shown.</summary>
    public static void Take(this IRenderedText text, string markdown, RenderedBody rendered) => (text.Body, text.BodyHtml, text.BodyRenderer) = (markdown, rendered.Html, rendered.Renderer);
}
