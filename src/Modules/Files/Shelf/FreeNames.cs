using System.Globalization;

namespace TerritoireCollab.Files.Shelf;

/// <summary>Names that stand nowhere yet: « Budget (2).ods ».</summary>
internal static class FreeNames
{
    /// <summary>The name itself where it is free, or else with the first number that is; kept within the length.</summary>
    /// <param name="name">The name wished for.</param>
    /// <param name="taken">Keys of the names that stand there.</param>
    /// <param name="longest">Longest name, in characters.</param>
    /// <param name="keyOf">A name as names are compared.</param>
    public static string Of(string name, IReadOnlySet<string> taken, int longest, Func<string, string> keyOf)
    {
        if (!taken.Contains(keyOf(name))) return name;

        var extension = Path.GetExtension(name) is { Length: <= 12 } found ? found : "";
        var stem = name[..^extension.Length];
        for (var number = 2; ; number++)
        {
            var end = string.Create(CultureInfo.InvariantCulture, $" ({number}){extension}");
            var free = (stem.Length + end.Length > longest ? stem[..(longest - end.Length)].TrimEnd() : stem) + end;
            if (!taken.Contains(keyOf(free))) return free;
        }
    }

    /// <inheritdoc cref="Of(string, IReadOnlySet{string}, int, Func{string, string})"/>
    public static string Of(string name, IReadOnlySet<string> taken) => Of(name, taken, GroupFile.NameLength, GroupFile.KeyOf);
}
