using System.Text.Json;
using TerritoireCollab.Mime.Classifying;
using TerritoireCollab.Mime.Reading;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Classifying;

/// <summary>Real bounces, complaints and automatic mails, where TERRITOIRE_CORPORA names the folder that holds them.</summary>
public sealed class CorpusTests
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("TERRITOIRE_CORPORA") is { } corpora ? Path.Combine(corpora, "email-replies") : null;

    [Fact]
    public void Bounces_OfManyServers_ClassAndHardness()
    {
        var cases = Cases("bounces.jsonl").Select(c => (Case: c, Verdict: Classify(c))).ToArray();
        var bounces = cases.Where(c => Text(c.Case, "class") == "bounce").ToArray();

        var rightClass = cases.Count(c => Classes(Text(c.Case, "class")).Contains(c.Verdict.Kind));
        var rightHardness = bounces.Where(c => IsHard(c.Case) == c.Verdict.Bounces.Any(b => b.IsHard)).ToArray();

        Assert.True(rightClass >= 0.95 * cases.Length, $"class {rightClass} of {cases.Length}");
        Assert.True(rightHardness.Length >= 0.90 * bounces.Length, $"hard {rightHardness.Length} of {bounces.Length}");
        string[] sure = ["rhost-franceptt", "lhost-postfix", "lhost-office365"];
        Assert.DoesNotContain(bounces.Except(rightHardness), c => sure.Any(name => Text(c.Case, "id").StartsWith(name, StringComparison.Ordinal)));
    }

    [Fact]
    public void Mails_AutomaticAndOfPeople_ToldApart()
    {
        var cases = Cases("cases.jsonl").Where(c => Text(c, "kind") == "eml").ToArray();

        Assert.NotEmpty(cases);
        foreach (var one in cases)
        {
            var expected = one.GetProperty("expected").TryGetProperty("class", out var named) ? named.GetString()! : "reply";
            Assert.True(Classes(expected).Contains(Classify(one).Kind), $"{Text(one, "id")}: {Classify(one)}");
        }
    }

    private static MailKind[] Classes(string name) => name switch
    {
        "bounce" => [MailKind.Bounce],
        "auto-reply" or "automatic" => [MailKind.AutoReply],
        // A mail program that unsubscribes for its reader is counted among the complaints there.
        "feedback" => [MailKind.Complaint],
        "unsubscribe" or "unsubscribe-request" => [MailKind.Unsubscribe],
        _ => [MailKind.Reply, MailKind.New],
    };

    private static bool IsHard(JsonElement one) => one.GetProperty("rows").EnumerateArray().Any(row => row.GetProperty("hard").GetBoolean());

    private static MailVerdict Classify(JsonElement one) => MailClassifier.Classify(MailReader.Read(File.ReadAllBytes(Path.Combine(Folder!, Text(one, "file")))));

    private static string Text(JsonElement one, string name) => one.GetProperty(name).GetString()!;

    private static JsonElement[] Cases(string file)
    {
        if (Folder is null || !File.Exists(Path.Combine(Folder, file))) Assert.Skip("skipped: not here");

        return [.. File.ReadLines(Path.Combine(Folder, file)).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
