using System.Globalization;

namespace TerritoireCollab.Forum.Topics;

/// <summary>
/// Which number each message took in the thread it went to, as the text that a trace keeps: runs <c>old:new:count</c> separated by commas.
/// Numbers are permanent to those who hold a link, so a split or a merge writes down what became of them.
/// </summary>
internal static class NumberMap
{
    /// <summary>The text of <paramref name="moved"/>, in the order of the old numbers.</summary>
    public static string Write(IEnumerable<(int Old, int New)> moved)
    {
        var runs = new List<(int Old, int New, int Count)>();
        foreach (var (old, now) in moved)
        {
            if (runs.Count > 0 && runs[^1] is var (first, to, count) && old == first + count && now == to + count) runs[^1] = (first, to, count + 1);
            else runs.Add((old, now, 1));
        }

        return string.Join(',', runs.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Old}:{r.New}:{r.Count}")));
    }

    /// <summary>The new number of <paramref name="old"/>, or null when it is not among those that went.</summary>
    public static int? Find(string text, int old)
    {
        foreach (var run in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var numbers = run.Split(':');
            if (numbers.Length != 3 || !Read(numbers[0], out var first) || !Read(numbers[1], out var to) || !Read(numbers[2], out var count)) continue;
            if (old >= first && old < first + count) return to + old - first;
        }

        return null;
    }

    private static bool Read(string digits, out int number) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
