using System.Globalization;
using System.Text;

namespace TerritoireCollab.Ui.Components;

/// <summary>
/// Colour of a group or of a person: one of 36 hues, given by a class (`teinte-0` to `teinte-350`) since the content
/// policy allows no inline style. The style sheet derives shades that keep their contrast whatever the hue.
/// </summary>
public static class Hue
{
    private const int ShortSeed = 128;

    private static readonly string[] Classes = [.. Enumerable.Range(0, 36).Select(i => string.Create(CultureInfo.InvariantCulture, $"teinte-{i * 10}"))];

    /// <summary>Hue in degrees, a multiple of ten, the same for a seed on every machine.</summary>
    public static int Of(string seed) => (int)(Hash(seed) % 36) * 10;

    /// <summary>Class of the hue that a seed gives.</summary>
    public static string Class(string seed) => Class(Of(seed));

    /// <summary>Class of a chosen hue, rounded down to a multiple of ten.</summary>
    /// <param name="degrees">Any angle; taken modulo 360.</param>
    public static string Class(int degrees)
    {
        var hue = ((degrees % 360) + 360) % 360 / 10;
        return Classes[hue];
    }

    /// <summary>FNV-1a: string hash codes differ from one process to the next.</summary>
    internal static uint Hash(string seed)
    {
        var hash = 2166136261;
        Span<byte> near = stackalloc byte[ShortSeed];
        var bytes = Encoding.UTF8.TryGetBytes(seed, near, out var length) ? near[..length] : Encoding.UTF8.GetBytes(seed);
        foreach (var value in bytes)
            hash = (hash ^ value) * 16777619;
        hash ^= hash >> 15;
        hash *= 0x2c1b3c6d;
        return hash ^ (hash >> 12);
    }
}
