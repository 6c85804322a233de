using System.Globalization;
using System.Text;

namespace TerritoireCollab.Ui.Components;

/// <summary>
/// Woven ribbon drawn as one path over an upright warp that the style sheet paints. A draft says over how many threads of
/// the warp the weft passes, then under how many; how rows are shifted against each other makes a twill, a herringbone, a
/// basket or a broken weave. One thread is three units wide. The dash pattern starts again at each subpath (SVG 2,
/// section 13.6), so that a row costs a dozen characters.
/// </summary>
/// <param name="Path">Value of the path's `d`.</param>
/// <param name="Dashes">Value of the path's `stroke-dasharray`.</param>
public sealed record Weave(string Path, string Dashes)
{
    private const int Thread = 3;
    private static readonly int[][] Drafts = [[2, 2], [3, 1], [2, 1], [1, 1], [3, 3], [4, 1, 1, 1], [3, 1, 1, 2], [2, 1, 1, 1]];

    /// <summary>Ribbon of a seed; the same seed gives the same weave at every height.</summary>
    /// <param name="seed">Stable key of the group or the territory.</param>
    /// <param name="rows">Number of rows, three units each.</param>
    /// <param name="scale">Pixels of a unit: 1, 2 or 4, as the classes of the style sheet.</param>
    public static Weave Of(string seed, int rows, int scale = 1)
    {
        var hash = Hue.Hash(seed + "/trame");
        var draft = Drafts[hash % Drafts.Length];
        var repeat = draft.Sum();
        var path = new StringBuilder();
        for (var row = 0; row < rows; row++)
        {
            var left = ((Shift((int)(hash >> 8) % 4, row, repeat) * Thread) - 2) * scale;
            path.Append(CultureInfo.InvariantCulture, $"M{-left} {((row * Thread) + 1) * scale}H2600");
        }

        return new Weave(path.ToString(), string.Join(' ', draft.Select((threads, i) => ((threads * Thread) + (i % 2 == 0 ? 1 : -1)) * scale)));
    }

    private static int Shift(int family, int row, int repeat) => family switch
    {
        0 => repeat + (row % repeat),
        1 => repeat + (Zigzag(row, repeat) % repeat),
        2 => repeat + (row / 2 % 2 * (repeat / 2)),
        _ => repeat + (row * 2 % repeat),
    };

    private static int Zigzag(int row, int half) => row % (2 * half) < half ? row % (2 * half) : (2 * half) - (row % (2 * half));
}
