using Microsoft.AspNetCore.Components;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Quotes;

namespace TerritoireCollab.Ui.Components;

/// <summary>A passage quoted from a page, with what is said of it.</summary>
public static class QuoteFigure
{
    /// <summary>The figure.</summary>
    /// <param name="quote">The passage.</param>
    /// <param name="source">Address of the page.</param>
    /// <param name="by">Words before the name of whoever quotes it.</param>
    /// <param name="dates">Says moments.</param>
    /// <param name="more">What follows its moment.</param>
    /// <param name="buttons">What can be done with it.</param>
    public static MarkupString Of(QuoteView quote, string source, string by, Dates dates, MarkupString more, MarkupString buttons)
    {
        ArgumentNullException.ThrowIfNull(quote);
        ArgumentNullException.ThrowIfNull(dates);
        var note = quote.Note is null ? default : Html.Of($"<p class=\"passage-note\">{quote.Note}</p>");
        return Html.Of($"""
            <figure class="passage" id="p-{quote.Id.ToString("N")}"><blockquote cite="{source}"><p>{quote.Text}</p></blockquote>
            <figcaption>{note}<p class="meta">{by} <a href="annuaire/{quote.Author.Handle}">{quote.Author.Name}</a> · {Time.Of(quote.At, dates.Brief(quote.At), dates.Exact(quote.At))}{more}</p>
            <div class="actions">{buttons}</div></figcaption></figure>
            """);
    }
}
