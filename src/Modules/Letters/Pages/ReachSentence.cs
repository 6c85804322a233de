using TerritoireCollab.Letters.Writing;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Mail;
using T = TerritoireCollab.Letters.Resources.LettersTexts;

namespace TerritoireCollab.Letters.Pages;

/// <summary>Says in words whom a letter reaches.</summary>
internal static class ReachSentence
{
    /// <summary>« Sera envoyée à 43 membres : 31 tout de suite, 12 dans leur résumé. »</summary>
    public static string Of(LetterReach reach)
    {
        if (reach.Reached == 0) return T.ReachesNobody;

        var ways = new[] { Part(reach.Of(Reach.AtOnce).Count, T.ReachedAtOnce), Part(reach.Of(Reach.InDigest).Count, T.ReachedInDigest), Part(reach.Of(Reach.AfterPause).Count, T.ReachedAfterPause) };
        return (reach.Reached == 1 ? T.ReachesOne : T.ReachesSome.With(reach.Reached)).TrimEnd() + " " + string.Join(", ", ways.OfType<string>()) + ".";
    }

    /// <summary>Those who get it otherwise than at once or in a summary, or not at all.</summary>
    public static string Of(Reach reach, int count) => reach switch
    {
        Reach.AfterPause => count == 1 ? T.OnePauses : T.SomePause.With(count),
        Reach.NoAddress => count == 1 ? T.OneHasNoAddress : T.SomeHaveNoAddress.With(count),
        Reach.Silent => count == 1 ? T.OneIsSilent : T.SomeAreSilent.With(count),
        _ => count == 1 ? T.OneChoseNothing : T.SomeChoseNothing.With(count),
    };

    private static string? Part(int count, string words) => count == 0 ? null : words.With(count);
}
