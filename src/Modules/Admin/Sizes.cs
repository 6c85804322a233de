using System.Globalization;
using TerritoireCollab.Admin.Resources;
using TerritoireCollab.Platform;

namespace TerritoireCollab.Admin;

/// <summary>Sizes in words.</summary>
internal static class Sizes
{
    /// <summary>« 12 Ko », « 3,4 Mo », « 1,2 Go ».</summary>
    public static string Of(long bytes) => bytes switch
    {
        < 1024 * 1024 => AdminTexts.Kilobytes.With(Math.Ceiling(bytes / 1024.0).ToString("0", CultureInfo.CurrentCulture)),
        < 1024L * 1024 * 1024 => AdminTexts.Megabytes.With((bytes / 1024.0 / 1024).ToString("0.#", CultureInfo.CurrentCulture)),
        _ => AdminTexts.Gigabytes.With((bytes / 1024.0 / 1024 / 1024).ToString("0.#", CultureInfo.CurrentCulture)),
    };
}
