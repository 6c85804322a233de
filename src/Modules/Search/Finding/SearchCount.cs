using TerritoireCollab.Platform;
using TerritoireCollab.Search.Resources;

namespace TerritoireCollab.Search.Finding;

/// <summary>How much was found, in words.</summary>
internal static class SearchCount
{
    /// <summary>The sentence under the title; null when nothing was searched or found.</summary>
    public static string? Of(SearchView view) => (view.Found, view.Page) switch
    {
        ({ Hits.Count: 0 }, _) => null,
        ({ HasMore: true }, 1) => SearchTexts.CountMore,
        ({ Hits.Count: 1 }, 1) => SearchTexts.CountOne,
        (_, 1) => SearchTexts.CountSome.With(view.Found.Hits.Count),
        _ => SearchTexts.PageNumber.With(view.Page),
    };
}
