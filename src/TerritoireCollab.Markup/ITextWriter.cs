using AngleSharp.Html.Parser.Tokens;

namespace TerritoireCollab.Markup;

/// <summary>Makes a plain text of sanitised tokens.</summary>
internal interface ITextWriter
{
    /// <summary>Words between two tags.</summary>
    void Text(string text);

    /// <summary>An element begins.</summary>
    void Start(HtmlTagToken tag);

    /// <summary>An element ends.</summary>
    void End(string name);

    /// <summary>What was written.</summary>
    string Finish();
}
