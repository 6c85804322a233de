using System.Text.Json;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Writing;

/// <summary>Python's email package, written by others, reads what the writer wrote.</summary>
public sealed class PythonReadsBackTests
{
    private const int Rounds = 200;

    private const string Script =
        """
        import base64, email, email.policy, email.utils, json, sys
        from email.header import decode_header, make_header
        read = []
        for line in sys.stdin:
            raw = base64.b64decode(line)
            m = email.message_from_bytes(raw, policy=email.policy.default)
            # The newer parser of Python 3.11 puts a space between the encoded words of a display name; the older does not.
            name, address = email.utils.parseaddr(email.message_from_bytes(raw)["From"])
            parts = [p for p in m.walk() if not p.is_multipart()]
            read.append({
                "subject": m["Subject"], "name": str(make_header(decode_header(name))), "address": address,
                "date": m["Date"].datetime.isoformat(), "references": m["References"].split(), "listId": str(m["List-Id"]),
                "group": str(m["X-Territoire-Groupe"]),
                "type": m.get_content_type(),
                "parts": [p.get_content() if p.get_content_maintype() == "text" else base64.b64encode(p.get_content()).decode() for p in parts],
                "files": [p.get_filename() for p in parts if p.get_filename()],
                "defects": [repr(d) for p in m.walk() for d in p.defects],
            })
        print(json.dumps(read))
        """;

    [Fact]
    public async Task ToBytes_RandomMails_ReadTheSameInPython()
    {
        var mails = Mails();
        var output = await OtherPrograms.RunAsync(OtherPrograms.Python, ["-c", "import email"], ["-c", Script], mails.Select(mail => Convert.ToBase64String(MimeWriter.ToBytes(mail))));

        var read = JsonDocument.Parse(output).RootElement.EnumerateArray().ToArray();

        Assert.Equal(mails.Length, read.Length);
        foreach (var (mail, json) in mails.Zip(read))
        {
            AssertSame(mail, json);
        }
    }

    private static void AssertSame(OutgoingMail mail, JsonElement json)
    {
        string Value(string name) => json.GetProperty(name).GetString()!;
        string[] Values(string name) => [.. json.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];

        Assert.Empty(Values("defects"));
        Assert.Equal(mail.Subject, Value("subject"));
        Assert.Equal(mail.From.DisplayName, Value("name"));
        Assert.Equal(mail.From.Address, Value("address"));
        Assert.Equal(mail.Date, DateTimeOffset.Parse(Value("date"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(mail.References, Values("references"));
        Assert.Equal("Été à la mer <ete.exemple.test>", Value("listId"));
        Assert.Equal(mail.Headers[1].Value, Value("group"));
        Assert.Equal("multipart/mixed", Value("type"));
        Assert.Equal([mail.Attachments[0].FileName], Values("files"));
        // Python gives text with LF.
        Assert.Equal(
            [mail.TextBody!, mail.HtmlBody!, Convert.ToBase64String(mail.Attachments[0].Content.Span)],
            Values("parts").Select(part => part.Replace("\r\n", "\n", StringComparison.Ordinal)));
    }

    private static OutgoingMail[] Mails()
    {
        // Only what people type: the parser of Python takes rarer characters (controls, NEL) for its own line ends.
        string[] words = ["Réunion", "l’été", "à", "14\u00A0h", "😀", "👩‍👩‍👧‍👦", "«\u00A0ok\u00A0»", "plain", "x=y", "Compte-rendu", "a,b", "(note)", "日本語", new string('w', 90), "\"q\"", ".", "50\u202F%"];
        var random = new RandomText(2045);
        string Text(int most) => string.Join(' ', Enumerable.Range(0, 1 + random.Below(most)).Select(_ => words[random.Below(words.Length)]));
        string Body() => string.Concat(Enumerable.Range(0, random.Below(20)).Select(_ => $"{Text(30)}{new string(' ', random.Below(2))}\n"));

        return [.. Enumerable.Range(0, Rounds).Select(i => SampleMail.Create(Text(12), Body(), $"<p>{Body()}</p>\n") with
        {
            From = new Mailbox("espace@exemple.test", Text(8)),
            Date = new DateTimeOffset(2026, 1 + (i % 12), 1 + (i % 28), i % 24, i % 60, 0, TimeSpan.FromHours((i % 26) - 12)),
            References = [.. Enumerable.Range(0, 1 + (i % 20)).Select(n => $"<fil.{n}.{new string('k', n * 4)}@exemple.test>")],
            Headers = [MailHeader.ListId("Été à la mer", "ete.exemple.test"), new("X-Territoire-Groupe", Text(6))],
            Attachments = [new($"{Text(6)}.bin", "application/octet-stream", Enumerable.Range(0, i * 3).Select(b => (byte)b).ToArray())],
        })];
    }
}
