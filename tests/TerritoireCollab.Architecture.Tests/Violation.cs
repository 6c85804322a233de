namespace TerritoireCollab.Architecture.Tests;

/// <summary>A place where the code breaks a rule.</summary>
/// <param name="Key">What an allow-list names it by.</param>
/// <param name="Where">File and line, or type.</param>
/// <param name="What">Which rule, in words.</param>
internal sealed record Violation(string Key, string Where, string What)
{
    public override string ToString() => $"{Where}: {What}";
}

/// <summary>What a rule lets through, each entry with its reason. An entry that lets nothing through any more is a violation itself.</summary>
internal sealed class AllowList
{
    private readonly Dictionary<string, string> _reasons;

    public AllowList(params (string Key, string Reason)[] entries)
    {
        if (entries.FirstOrDefault(e => string.IsNullOrWhiteSpace(e.Reason)) is { Key: { } key }) throw new ArgumentException($"{key} is allowed without a reason.", nameof(entries));
        _reasons = entries.ToDictionary(e => e.Key, e => e.Reason, StringComparer.Ordinal);
    }

    /// <summary>The violations that are not allowed, then the entries that are of no use.</summary>
    public IReadOnlyList<Violation> Filter(IEnumerable<Violation> found)
    {
        var all = found.ToList();
        var used = all.Select(v => v.Key).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. all.Where(v => !_reasons.ContainsKey(v.Key)),
            .. _reasons.Where(r => !used.Contains(r.Key)).Select(r => new Violation(r.Key, r.Key, "the allow-list lets nothing through under this name any more: remove the entry.")),
        ];
    }
}

/// <summary>How the tests speak of violations.</summary>
internal static class Verdict
{
    /// <summary>Fails with one line a violation.</summary>
    public static void NoViolation(IEnumerable<Violation> violations)
    {
        var lines = violations.Select(v => v.ToString()).Distinct().Order(StringComparer.Ordinal).ToList();
        if (lines.Count > 0) Assert.Fail($"{lines.Count} violation(s):{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
    }

    /// <summary>The rule saw the broken sample, at that place and no other.</summary>
    public static void Flags(IEnumerable<Violation> violations, params string[] keys) =>
        Assert.Equal(keys.Order(StringComparer.Ordinal), violations.Select(v => v.Key).Distinct().Order(StringComparer.Ordinal));
}
