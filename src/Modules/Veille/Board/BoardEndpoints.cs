using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Board;

/// <summary>Names of the gestures, as <c>name</c> for the ticked cards or <c>name:card</c> for that one: a form for each button would double the page.</summary>
internal static class BoardGestures
{
    public const string Keep = "retenir";
    public const string SetAside = "ecarter";
    public const string PutBack = "remettre";
    public const string Place = "placer";
    public const string Up = "monter";
    public const string Down = "descendre";
    public const string Undo = "annuler";
}

/// <summary>The gestures of the board, as form posts that lead back to it.</summary>
internal static class BoardEndpoints
{
    public static void MapBoardGestures(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/groupes/{slug}/veille/tableau/gestes", ActAsync);

    private static async Task<IResult> ActAsync(string slug, IFormCollection form, MoveCards move, CurrentViewer current, CancellationToken cancellation)
    {
        var (verb, one) = form["geste"].ToString().Split(':') is [var name, var id] && Guid.TryParse(id, out var card) ? (name, card) : (form["geste"].ToString(), (Guid?)null);
        if (verb == BoardGestures.Undo) return await UndoAsync(slug, form, move, current.Viewer, cancellation);

        var cards = one is { } single ? [single] : form["carte"].Select(c => Guid.TryParse(c, out var ticked) ? ticked : Guid.Empty).ToList();
        if (cards.Count == 0) return Back(slug, form, BoardFlash.NothingTicked);
        if (cards.Count > MoveCards.Most) return Back(slug, form, BoardFlash.TooMany);
        if (verb is BoardGestures.Up or BoardGestures.Down)
            return Done(slug, form, verb, await move.ShiftAsync(current.Viewer, slug, cards[0], verb == BoardGestures.Up, cancellation), cards[0]);

        PoolState? to = verb switch
        {
            BoardGestures.Keep => PoolState.Kept,
            BoardGestures.SetAside => PoolState.SetAside,
            BoardGestures.PutBack => PoolState.Proposed,
            BoardGestures.Place => PoolState.Placed,
            _ => null,
        };
        if (to is not { } state) return Results.BadRequest();

        var rubric = one is { } chosen && form.TryGetValue($"rubrique:{chosen:N}", out var own) ? own.ToString() : form["rubrique"].ToString();
        var before = Guid.TryParse(form["avant"], out var next) ? next : (Guid?)null;
        return Done(slug, form, verb, await move.ExecuteAsync(current.Viewer, slug, new(cards, state, rubric, before), cancellation));
    }

    private static async Task<IResult> UndoAsync(string slug, IFormCollection form, MoveCards move, Viewer viewer, CancellationToken cancellation)
    {
        if (UndoToken.Read(form["annuler"]) is not { } undo) return Back(slug, form, BoardFlash.NothingToUndo);

        var outcome = await move.UndoAsync(viewer, slug, undo, cancellation);
        return Back(slug, form, outcome.Stayed == 0 ? BoardFlash.Undone : outcome.Stayed == undo.Count ? BoardFlash.MovedSince : BoardFlash.UndoneInPart);
    }

    private static IResult Done(string slug, IFormCollection form, string verb, MoveOutcome outcome, Guid? card = null)
    {
        if (outcome.Undo.Count == 0) return Back(slug, form, outcome.Stayed > 0 ? BoardFlash.Published : BoardFlash.Unmoved);

        var count = outcome.Undo.Count.ToString(CultureInfo.InvariantCulture);
        return Back(slug, form, verb, $"&nombre={count}&annuler={UndoToken.Write(outcome.Undo)}" + (card is { } id ? $"#c-{id:N}" : ""));
    }

    // Back to the page of the board or of the pool that the form stood on, and to no other.
    private static IResult Back(string slug, IFormCollection form, string done, string more = "")
    {
        var board = VeilleAddress.Board(slug);
        var asked = LocalAddress.OrNull(form["retour"]);
        var target = asked is not null && new[] { board, VeilleAddress.Pool(slug) }.Any(page => asked == page || asked.StartsWith(page + "?", StringComparison.Ordinal)) ? asked : board;
        return Results.LocalRedirect($"{target}{(target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}fait={done}{more}");
    }
}
