using TerritoireCollab.Bookmarks.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Bookmarks.Faces;

/// <summary>A page that is shared becomes a bookmark of a group.</summary>
internal sealed class BookmarkTarget : IShareTarget
{
    public Permission Create => BookmarksModule.Add;

    public string Name => BookmarksTexts.Add;

    public string Start(SharedPage page) => SharedPage.With("/favoris/ajouter", ("url", page.Address), ("title", page.Title), ("pourquoi", page.Why ?? page.Said), ("passage", page.Said is null ? page.Quote : null));

    public string NameIn(string groupName) => BookmarksTexts.AddIn.With(groupName);

    public string Address(string groupSlug, SharedPage page) =>
        SharedPage.With($"{BookmarkAddress.List(groupSlug)}/nouveau", ("adresse", page.Address), ("titre", page.Title), ("pourquoi", page.Why ?? page.Said), ("passage", page.Said is null ? page.Quote : null));
}
