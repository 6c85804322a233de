using System.Text.Json;

namespace TerritoireCollab.Calendar.Tests;

/// <summary>Public test cases of other projects, where TERRITOIRE_CORPORA says they are.</summary>
internal static class Corpus
{
    private static readonly string Root = Environment.GetEnvironmentVariable("TERRITOIRE_CORPORA") ?? "";

    public static string Folder(string name) => Path.Combine(Root, name);

    /// <summary>The objects of a list; the test is skipped where it is not here.</summary>
    public static IReadOnlyList<JsonElement> Read(string folder, string file)
    {
        var path = Path.Combine(Root, folder, file);
        if (!File.Exists(path)) Assert.Skip("skipped: not here");
        return [.. JsonDocument.Parse(File.ReadAllBytes(path)).RootElement.EnumerateArray()];
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static string? TextOrNull(this JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static IReadOnlyList<string> Texts(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];
}
