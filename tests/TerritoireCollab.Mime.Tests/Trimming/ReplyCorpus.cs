using System.Text;
using System.Text.Json;
using MimeKit;
using TerritoireCollab.Mime.Trimming;

namespace TerritoireCollab.Mime.Tests.Trimming;

/// <summary>Mails of other projects with what their own tests expect of them. It lies beside the repository where TERRITOIRE_CORPORA says.</summary>
internal static class ReplyCorpus
{
    private static readonly string Folder = Path.Combine(Environment.GetEnvironmentVariable("TERRITOIRE_CORPORA") ?? "", "email-replies");

    public static bool IsHere => File.Exists(Path.Combine(Folder, "cases.jsonl"));

    /// <summary>The cases that say something about the text to publish.</summary>
    public static IEnumerable<ReplyCase> Read() =>
        File.ReadLines(Path.Combine(Folder, "cases.jsonl")).Select(line => Case(JsonDocument.Parse(line).RootElement)).Where(@case => @case.Expected.StatesText);

    private static ReplyCase Case(JsonElement row)
    {
        var expected = row.GetProperty("expected");
        return new ReplyCase(
            Word(row, "id") ?? "",
            Word(row, "kind") ?? "",
            Word(row, "lang") ?? "",
            Word(row, "repo") ?? "",
            Path.Combine(Folder, Word(row, "file") ?? ""),
            new Expectation(
                [.. new[] { Word(expected, "reply") }.OfType<string>(), .. Words(expected, "accept")],
                Word(expected, "match") == "no-whitespace",
                Words(expected, "contains"),
                Words(expected, "not_contains"),
                Word(expected, "starts_with")));
    }

    private static string? Word(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string[] Words(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? [.. value.EnumerateArray().Select(word => word.GetString() ?? "")] : [];
}

/// <summary>One mail, as a body or whole.</summary>
internal sealed record ReplyCase(string Id, string Kind, string Language, string Source, string File, Expectation Expected)
{
    public bool IsFalseFriend => Id.Contains("faux-", StringComparison.Ordinal);

    public string Read() => System.IO.File.ReadAllText(File, Encoding.UTF8);

    public TrimmedReply Trim() => Kind switch
    {
        "html" => ReplyTrimmer.TrimHtml(Read()),
        "text" => ReplyTrimmer.Trim(Read()),
        _ => OfMessage(MimeMessage.Load(File)),
    };

    private static TrimmedReply OfMessage(MimeMessage message) =>
        message.TextBody is { } text ? ReplyTrimmer.Trim(text) : ReplyTrimmer.TrimHtml(message.HtmlBody ?? "");
}

/// <summary>What a source asserts of a reply: one of several whole texts, or facts about it.</summary>
internal sealed record Expectation(string[] Replies, bool WithoutSpace, string[] Contains, string[] NotContains, string? StartsWith)
{
    public bool StatesReply => Replies.Length > 0;

    public bool StatesText => StatesReply || Contains.Length + NotContains.Length > 0 || StartsWith is not null;

    /// <summary>Whether a reply is right: white space at the ends of lines and of the text does not count; where the source says so, none does.</summary>
    public bool IsMetBy(string reply) =>
        (!StatesReply || Array.Exists(Replies, expected => Same(expected, reply)))
        && Array.TrueForAll(Contains, fact => reply.Contains(fact, StringComparison.Ordinal))
        && !Array.Exists(NotContains, fact => reply.Contains(fact, StringComparison.Ordinal))
        && (StartsWith is null || Bare(reply).StartsWith(Bare(StartsWith), StringComparison.Ordinal));

    private bool Same(string expected, string reply) => WithoutSpace ? Bare(expected) == Bare(reply) : Plain(expected) == Plain(reply);

    private static string Plain(string text) =>
        string.Join('\n', text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(line => line.TrimEnd())).Trim();

    private static string Bare(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
}
