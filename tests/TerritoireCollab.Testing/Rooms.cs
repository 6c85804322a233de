using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Web;

namespace TerritoireCollab.Testing;

/// <summary>The rooms of the house, as the host lists them.</summary>
public static class Rooms
{
    /// <summary>Every module.</summary>
    public static IReadOnlyList<IModule> All() => ModuleList.Create();
}
