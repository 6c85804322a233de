using Microsoft.AspNetCore.Components;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Ui.Components;
using TerritoireCollab.Veille.Board;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Settings;
using T = TerritoireCollab.Veille.Resources.BoardTexts;

namespace TerritoireCollab.Veille.Pages.Board;

/// <summary>Draws the cards of the board in one piece each: a page holds a hundred of them.</summary>
/// <param name="view">The board.</param>
/// <param name="dates">Dates in words.</param>
/// <param name="assets">Addresses of the drawings.</param>
internal sealed class BoardCards(BoardView view, Dates dates, ResourceAssetCollection assets)
{
    private const int ExcerptLength = 180;

    /// <summary>What is written on every card: box to tick, title, where it comes from, what the group did with it.</summary>
    public MarkupString Head(BoardCard card, bool withExcerpt)
    {
        var title = Title(card);
        var tick = view.MayMove ? Html.Of($"<label class=\"fiche-choix\"><input type=\"checkbox\" form=\"gestes\" name=\"carte\" value=\"{Key(card)}\" /><span class=\"masque\">{T.Tick.With(card.Title)}</span></label>") : default;
        // A pointer's only: everything that it does has a button.
        var grip = view.MayMove ? Html.Of($"<span class=\"poignee\" aria-hidden=\"true\">{Icon.Of("grip-vertical", assets)}</span>") : default;
        var excerpt = withExcerpt && card.Excerpt.Length > 0 ? Html.Of($"<p class=\"fiche-extrait\">{Excerpt.Cut(card.Excerpt, ExcerptLength)}</p>") : default;
        return Html.Of($"<div class=\"fiche-tete\">{tick}<h3 id=\"t-{Key(card)}\">{title}</h3>{grip}</div><p class=\"meta\">{Origin(card)}</p>{Figures(card)}{excerpt}");
    }

    /// <summary>The gestures of a card, each a button of the page's one form.</summary>
    public MarkupString Gestures(BoardCard card) => view.MayMove ? Html.Of($"<div class=\"fiche-gestes\">{Buttons(card)}{CommentLink(card)}</div>") : Html.Of($"<div class=\"fiche-gestes\">{CommentLink(card)}</div>");

    /// <summary>The rubrics to choose from, for a <c>select</c>.</summary>
    public MarkupString Options(string? chosen)
    {
        var rubrics = RubricList.With(view.Rubrics, chosen);
        return Html.Join([Html.Of($"<option value=\"\">{T.NoRubric}</option>"), .. rubrics.Select(r => r == chosen ? Html.Of($"<option selected>{r}</option>") : Html.Of($"<option>{r}</option>"))]);
    }

    /// <summary>Its key in the page.</summary>
    public static string Key(BoardCard card) => card.Id.ToString("N");

    private MarkupString Buttons(BoardCard card) => card.State switch
    {
        PoolState.Kept => Html.Join([Placing(card), Button(card, BoardGestures.Up, T.Up), Button(card, BoardGestures.Down, T.Down), Button(card, BoardGestures.SetAside, T.SetAside), Button(card, BoardGestures.PutBack, T.PutBack)]),
        PoolState.Placed => Html.Join([Button(card, BoardGestures.Up, T.Up), Button(card, BoardGestures.Down, T.Down), Button(card, BoardGestures.Keep, T.TakeOut), Button(card, BoardGestures.SetAside, T.SetAside)]),
        PoolState.SetAside => Html.Join([Button(card, BoardGestures.PutBack, T.PutBack, "secondaire"), Button(card, BoardGestures.Keep, T.Keep)]),
        _ => Html.Join([Button(card, BoardGestures.Keep, T.Keep, "secondaire"), Button(card, BoardGestures.SetAside, T.SetAside)]),
    };

    private MarkupString Placing(BoardCard card)
    {
        var rubrics = RubricList.With(view.Rubrics, card.Rubric);
        var select = rubrics.Count == 0 ? default : Html.Of($"<select form=\"gestes\" name=\"rubrique:{Key(card)}\" aria-label=\"{T.RubricLabel}\" aria-describedby=\"t-{Key(card)}\">{Options(card.Rubric)}</select>");
        return Html.Of($"<span class=\"fiche-placer\">{select}{Button(card, BoardGestures.Place, T.Place, "secondaire")}</span>");
    }

    private static MarkupString Button(BoardCard card, string gesture, string words, string kind = "discret") =>
        Html.Of($"<button form=\"gestes\" class=\"bouton bouton--{kind} bouton--petit\" name=\"geste\" value=\"{gesture}:{Key(card)}\" aria-describedby=\"t-{Key(card)}\">{words}</button>");

    private MarkupString CommentLink(BoardCard card) => Html.Of($"<a class=\"bouton bouton--discret bouton--petit\" data-commenter href=\"{CommentAddress(card)}\" aria-describedby=\"t-{Key(card)}\">{T.Comment}</a>");

    // What nobody has spoken of yet becomes a find by its first comment.
    private string CommentAddress(BoardCard card) => card.FindShortId is { } find
        ? VeilleAddress.Find(view.Standing.Slug, find, card.FindTitle ?? card.Title)[1..]
        : VeilleAddress.CommentCard(view.Standing.Slug, card.Id)[1..];

    // Only what a browser opens as a page is a link.
    private static MarkupString Title(BoardCard card) => Uri.TryCreate(card.Address, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? Html.Of($"<a href=\"{card.Address}\" rel=\"noopener noreferrer\">{card.Title}</a>")
        : Html.Of($"{card.Title}");

    private MarkupString Origin(BoardCard card)
    {
        var from = card.SourceName ?? (card.FinderName is null ? Host(card.Address) : T.FoundBy.With(card.FinderName));
        var sources = card.SourceCount > 1 ? Html.Of($" · <a href=\"{VeilleAddress.CardSources(view.Standing.Slug, card.Id)[1..]}\">{T.SeenIn.With(card.SourceCount)}</a>") : default;
        var keeper = card.State == PoolState.Kept && card.MoverName is not null ? Html.Of($" · {T.KeptBy.With(card.MoverName)}") : default;
        return Html.Of($"{from}{sources}{keeper} · {Time.Of(card.PublishedAt, dates.Brief(card.PublishedAt), dates.Exact(card.PublishedAt))}");
    }

    private MarkupString Figures(BoardCard card)
    {
        var comments = card.CommentCount switch { 0 => null, 1 => T.OneComment, var n => T.SomeComments.With(n) };
        if (card.Score == 0) return default;

        var why = Html.Join(Interleave(
        [
            card.UsefulCount switch { 0 => default, 1 => Html.Of($"{T.OneUseful}"), var n => Html.Of($"{T.SomeUseful.With(n)}") },
            comments is null ? default : Html.Of($"<a href=\"{CommentAddress(card)}\">{comments}</a>"),
            card.OtherSources switch { 0 => default, 1 => Html.Of($"{T.OneOtherSource}"), var n => Html.Of($"{T.SomeOtherSources.With(n)}") },
        ]));
        var points = card.Score == 1 ? T.OnePoint : T.SomePoints.With(card.Score);
        return Html.Of($"<p class=\"meta\"><b>{T.Why.With(points, "")}</b>{why}</p>");
    }

    private static IEnumerable<MarkupString> Interleave(MarkupString[] parts)
    {
        var isFirst = true;
        foreach (var part in parts.Where(p => !string.IsNullOrEmpty(p.Value)))
        {
            if (!isFirst) yield return Html.Of($", ");
            isFirst = false;
            yield return part;
        }
    }

    private static string Host(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.IdnHost : "";
}
