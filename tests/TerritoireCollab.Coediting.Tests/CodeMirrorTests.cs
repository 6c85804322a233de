using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Coediting.Tests;

/// <summary>The packages that run in the browser are asked, on thousands of cases, what they make of a change: ours must make the very same.</summary>
public sealed class CodeMirrorTests
{
    private const int Cases = 3_000;

    [Theory]
    [InlineData(1)]
    [InlineData(20261129)]
    public async Task Changes_OfCodeMirror_AreUnderstoodAlike(int seed)
    {
        var counted = new Dictionary<string, int>();
        await foreach (var line in CasesAsync(seed))
        {
            using var document = JsonDocument.Parse(line);
            var one = document.RootElement;
            var kind = one.GetProperty("kind").GetString()!;
            counted[kind] = counted.GetValueOrDefault(kind) + 1;
            try
            {
                if (kind == "algebra") Algebra(one);
                else if (kind == "rebasing") Rebasing(one);
                else Receiving(one);
            }
            catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{failure.Message} in {line}");
            }
        }

        Assert.Equal(3, counted.Count);
        Assert.All(counted.Values, c => Assert.Equal(Cases, c));
    }

    private static void Algebra(JsonElement one)
    {
        var (doc, a, b, next) = (Text(one, "doc"), Change(one, "a"), Change(one, "b"), Change(one, "next"));

        Assert.Equal(one.GetProperty("a").GetRawText(), Plain(a));
        Assert.Equal(Text(one, "applied"), a.Apply(doc));
        Assert.Equal(one.GetProperty("composed").GetRawText(), Plain(a.Compose(next)));
        Assert.Equal(one.GetProperty("after").GetRawText(), Plain(a.Map(b)));
        Assert.Equal(one.GetProperty("before").GetRawText(), Plain(a.Map(b, before: true)));
        Assert.Equal(one.GetProperty("inverse").GetRawText(), Plain(a.Invert(doc)));
        Assert.Equal(one.GetProperty("position").GetInt32(), a.MapPosition(one.GetProperty("at").GetInt32()));
        Assert.Equal(one.GetProperty("positionAfter").GetInt32(), a.MapPosition(one.GetProperty("at").GetInt32(), after: true));
        Assert.Equal(b.Compose(a.Map(b)).Apply(doc), a.Compose(b.Map(a, before: true)).Apply(doc));
    }

    private static void Rebasing(JsonElement one)
    {
        var numbers = new Dictionary<string, int>();
        var over = Accepted(one.GetProperty("over"), 0, numbers);
        var own = one.GetProperty("own").EnumerateArray().Select((u, i) => new ClientUpdate("moi", i + 1, Change(u, "changes"))).ToList();
        var authority = new Authority(Text(one, "doc"), 0, over);

        var answer = authority.Prepare(0, own);

        Assert.Equal(PushState.Accepted, answer.State);
        Assert.Equal(one.GetProperty("rebased").EnumerateArray().Select(u => u.GetProperty("changes").GetRawText()), answer.Updates.Select(u => Plain(u.Changes)));
        authority.Receive(answer.Updates);
        Assert.Equal(Text(one, "text"), authority.Text);
    }

    private static void Receiving(JsonElement one)
    {
        var editor = new EditorCopy("moi", Text(one, "doc"), 0);
        var numbers = new Dictionary<string, int>();
        foreach (var step in one.GetProperty("steps").EnumerateArray())
        {
            if (step.TryGetProperty("typed", out var typed)) editor.Type(ChangeSetJson.Read(typed)!);
            else editor.Receive(Accepted(step.GetProperty("received"), editor.Version, numbers));
        }

        Assert.Equal(Text(one, "text"), editor.Text);
        Assert.Equal(one.GetProperty("sendable").EnumerateArray().Select(c => c.GetRawText()), editor.Sendable().Select(u => Plain(u.Changes)));
    }

    private static List<AcceptedUpdate> Accepted(JsonElement updates, int version, Dictionary<string, int> numbers) => updates.EnumerateArray().Select((u, i) =>
    {
        var client = u.GetProperty("clientID").GetString()!;
        return new AcceptedUpdate(version + i + 1, client, numbers[client] = numbers.GetValueOrDefault(client) + 1, Change(u, "changes"));
    }).ToList();

    private static string Text(JsonElement one, string name) => one.GetProperty(name).GetString()!;

    private static ChangeSet Change(JsonElement one, string name) => ChangeSetJson.Read(one.GetProperty(name)) ?? throw new InvalidDataException(one.GetProperty(name).GetRawText());

    // U+2028 and characters of two code units may be escaped in JSON or not.
    private static string Plain(ChangeSet change)
    {
        var json = ChangeSetJson.Write(change);
        return json.Contains("\\u", StringComparison.OrdinalIgnoreCase) ? System.Text.RegularExpressions.Regex.Replace(json, @"(?<!\\)((?:\\\\)*)\\u([0-9A-Fa-f]{4})", m => m.Groups[1].Value + (char)Convert.ToInt32(m.Groups[2].Value, 16)) : json;
    }

    private static async IAsyncEnumerable<string> CasesAsync(int seed)
    {
        var packages = Path.Combine(Repository.Root, "src", "TerritoireCollab.Ui");
        if (!Directory.Exists(Path.Combine(packages, "node_modules", "@codemirror", "collab"))) Assert.Skip("skipped: the packages are not here");

        var script = Path.Combine(Repository.Root, "tests", "TerritoireCollab.Coediting.Tests", "cases.mjs");
        using var node = Start(new ProcessStartInfo("node", [script, packages, $"{seed}", $"{Cases}"]) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = System.Text.Encoding.UTF8 });
        var error = node.StandardError.ReadToEndAsync();
        while (await node.StandardOutput.ReadLineAsync() is { } line) yield return line;
        await node.WaitForExitAsync();
        Assert.Equal("", await error);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("skipped: node is not here");
            throw;
        }
    }
}
