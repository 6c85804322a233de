using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Faces;

/// <summary>A page that is shared becomes a find of a group that keeps a veille.</summary>
internal sealed class FindTarget : IShareTarget
{
    public Permission Create => VeilleModule.Propose;

    public string Name => FindTexts.ProposeToVeille;

    public string Start(SharedPage page) => SharedPage.With("/veille/proposer", ("url", page.Address), ("title", page.Title), ("quote", page.Quote), ("pourquoi", page.Why));

    public string NameIn(string groupName) => FindTexts.ProposeToVeilleOf.With(groupName);

    public string Address(string groupSlug, SharedPage page) =>
        SharedPage.With(VeilleAddress.Propose(groupSlug), ("adresse", page.Address), ("titre", page.Title), ("passage", page.Quote), ("pourquoi", page.Why));
}
