namespace TerritoireCollab.Coediting;

/// <summary>A stretch of tokens that differs.</summary>
/// <param name="From">First token of the old text.</param>
/// <param name="To">Token of the old text after the last.</param>
/// <param name="NewFrom">First token of the new text.</param>
/// <param name="NewTo">Token of the new text after the last.</param>
internal readonly record struct Difference(int From, int To, int NewFrom, int NewTo);

/// <summary>Finds the shortest way from one list of tokens to another (E. Myers, « An O(ND) Difference Algorithm and Its Variations », 1986).</summary>
internal static class Comparison
{
    // Memory goes with the square of what differs: texts with more differences than that are replaced from the first to the last.
    private const int MostSteps = 1_500;

    public static List<Difference> Between(List<string> older, List<string> newer)
    {
        var (start, end) = CommonEnds(older, newer);
        var (n, m) = (older.Count - start - end, newer.Count - start - end);
        if (n == 0 && m == 0) return [];
        if (n == 0 || m == 0 || Search(older, newer, start, n, m) is not { } trace) return Slide([new(start, start + n, start, start + m)], older, newer);
        return Slide(Join(Walk(trace, n, m, start)), older, newer);
    }

    private static (int Start, int End) CommonEnds(List<string> older, List<string> newer)
    {
        var least = Math.Min(older.Count, newer.Count);
        var start = 0;
        while (start < least && older[start] == newer[start]) start++;
        var end = 0;
        while (end < least - start && older[^(end + 1)] == newer[^(end + 1)]) end++;
        return (start, end);
    }

    // How far each diagonal reaches after each step; null when it takes too many.
    private static List<int[]>? Search(List<string> older, List<string> newer, int start, int n, int m)
    {
        var trace = new List<int[]>();
        var most = Math.Min(n + m, MostSteps);
        var reach = new int[(2 * most) + 3];
        for (var steps = 0; steps <= most; steps++)
        {
            for (var diagonal = -steps; diagonal <= steps; diagonal += 2)
            {
                var x = IsDown(reach, most + 1, diagonal, steps) ? reach[most + 1 + diagonal + 1] : reach[most + 1 + diagonal - 1] + 1;
                while (x < n && x - diagonal < m && x - diagonal >= 0 && older[start + x] == newer[start + x - diagonal]) x++;
                reach[most + 1 + diagonal] = x;
                if (x < n || x - diagonal < m) continue;

                trace.Add(reach[(most + 1 - steps - 1)..(most + 1 + steps + 2)]);
                return trace;
            }

            trace.Add(reach[(most + 1 - steps - 1)..(most + 1 + steps + 2)]);
        }

        return null;
    }

    private static bool IsDown(int[] reach, int middle, int diagonal, int steps) =>
        diagonal == -steps || (diagonal != steps && reach[middle + diagonal - 1] < reach[middle + diagonal + 1]);

    // From the end to the beginning: one token deleted or inserted at each step.
    private static List<Difference> Walk(List<int[]> trace, int n, int m, int start)
    {
        var single = new List<Difference>();
        var (x, y) = (n, m);
        for (var steps = trace.Count - 1; steps > 0; steps--)
        {
            var before = trace[steps - 1];
            var middle = steps;
            var diagonal = x - y;
            var isDown = diagonal == -steps || (diagonal != steps && before[middle + diagonal - 1] < before[middle + diagonal + 1]);
            var from = isDown ? diagonal + 1 : diagonal - 1;
            var (fromX, fromY) = (before[middle + from], before[middle + from] - from);
            single.Add(isDown ? new(start + fromX, start + fromX, start + fromY, start + fromY + 1) : new(start + fromX, start + fromX + 1, start + fromY, start + fromY));
            (x, y) = (fromX, fromY);
        }

        single.Reverse();
        return single;
    }

    // An insertion may often stand in several places: « \n + Divers » before a line's end is « Divers + \n » after it. The last one is taken, in
    // every comparison: a line that was added is then a line, and not the end of the one before and the beginning of another.
    private static List<Difference> Slide(List<Difference> differences, List<string> older, List<string> newer)
    {
        for (var i = differences.Count - 1; i >= 0; i--)
        {
            var (from, to, newFrom, newTo) = differences[i];
            var end = i + 1 < differences.Count ? differences[i + 1].From : older.Count;
            while (from == to && to < end && newer[newFrom] == newer[newTo]) (from, to, newFrom, newTo) = (from + 1, to + 1, newFrom + 1, newTo + 1);
            while (newFrom == newTo && to < end && older[from] == older[to]) (from, to, newFrom, newTo) = (from + 1, to + 1, newFrom + 1, newTo + 1);
            differences[i] = new(from, to, newFrom, newTo);
        }

        return differences;
    }

    private static List<Difference> Join(List<Difference> single)
    {
        var joined = new List<Difference>();
        foreach (var next in single)
        {
            if (joined.Count > 0 && joined[^1] is var last && last.To == next.From && last.NewTo == next.NewFrom) joined[^1] = last with { To = next.To, NewTo = next.NewTo };
            else joined.Add(next);
        }

        return joined;
    }
}
