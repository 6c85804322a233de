using System.Globalization;

namespace TerritoireCollab.Benchmarks;

/// <summary>What to measure.</summary>
internal sealed record Options(int Scale, string Data, int Seconds, int WarmUp, int Runs, int Connections, int Readers, string Only)
{
    public static Options Read(string[] args)
    {
        int Number(string name, int otherwise) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
        var data = Array.IndexOf(args, "--data") is >= 0 and var i ? args[i + 1] : Path.Combine(Path.GetTempPath(), "territoire-benchmark");
        var only = Array.IndexOf(args, "--only") is >= 0 and var o && o + 1 < args.Length ? args[o + 1] : "";
        return new(Number("--scale", 20), data, Number("--seconds", 6), Number("--warm", 40), Number("--runs", 3), Number("--connections", 16), Number("--readers", 1_000), only);
    }
}
