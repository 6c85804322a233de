using System.Text.Json;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Writing;

/// <summary>Python's email package, written by others, reads what the writer wrote.</summary>
public sealed class PythonReadsBackTests
{
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
                "group": str(m["X-Territoire-Groupe"]), "replyTo": str(m["Reply-To"]), "unsubscribe": str(m["List-Unsubscribe"]), "post": str(m["List-Unsubscribe-Post"]), "sender": str(m["Sender"]),
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
        var mails = ReadBackMails.Make();
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
        Assert.Equal(("reponse+k1@exemple.test", "None"), (Value("replyTo"), Value("sender")));
        Assert.Equal((ReadBackMails.Unsubscribe, "List-Unsubscribe=One-Click"), (Value("unsubscribe"), Value("post")));
        Assert.Equal("multipart/mixed", Value("type"));
        Assert.Equal([mail.Attachments[0].FileName], Values("files"));
        // Python gives text with LF.
        Assert.Equal(
            [mail.TextBody!, mail.HtmlBody!, Convert.ToBase64String(mail.Attachments[0].Content.Span)],
            Values("parts").Select(part => part.Replace("\r\n", "\n", StringComparison.Ordinal)));
    }
}
