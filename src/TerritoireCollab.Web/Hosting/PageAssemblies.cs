using System.Reflection;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Web.Hosting;

/// <summary>Where pages stand besides this project: in each module, and in the interface for those that all contents share.</summary>
internal static class PageAssemblies
{
    /// <summary>Each once.</summary>
    public static IEnumerable<Assembly> Of(ModuleCatalog modules) => modules.Modules.Select(m => m.GetType().Assembly).Append(typeof(CommentThread).Assembly).Distinct();
}
