using System.Text;
using TerritoireCollab.Mime.Tests.Classifying;
using TerritoireCollab.Mime.Tests.Writing;

namespace TerritoireCollab.Mime.Tests.Reading;

/// <summary>Makes broken mails out of whole ones; the same number always gives the same mail.</summary>
internal static class MailMutator
{
    private const int LargestMail = 200_000;

    private static readonly string[] Charsets = ["utf-8", "utf-16", "utf-7", "iso-2022-jp", "gb18030", "us-ascii", "x-user-defined", "ibm037", "\"", "windows-1252\0", ""];

    private static readonly string[] Headers =
    [
        "Content-Type: multipart/mixed; boundary=x", "Content-Type: multipart/alternative; boundary=\"\"", "Content-Type: text/plain; format=flowed; delsp=yes", "Content-Type: message/rfc822",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x", "Content-Type: message/delivery-status", "Content-Type: application/pkcs7-mime", "Content-Transfer-Encoding: base64",
        "Content-Transfer-Encoding: x-uuencode", "Content-Transfer-Encoding: quoted-printable", "Content-Disposition: attachment; filename*0*=utf-8''%; filename*9999999999*=x", "Auto-Submitted: no", "Return-Path: <>",
        "From: \"\"\"<<<@@,,;:()(((", "To: =?utf-8?B?////?= <a@b>, group: x@y", "Subject: =?utf-8?Q?=?= =?utf-8?Q?=C3?= =?x?x?x?=", "Date: Thu, 99 Zzz 99999 99:99:99 +9999", "References: <<<><><>", ":", " ", "X-Failed-Recipients: a@b, c",
    ];

    private static readonly byte[][] Whole = [.. Fixtures()];

    public static byte[] Make(int number)
    {
        var random = new Random(number * 7919 + 13);
        var mail = new List<byte>(Whole[random.Next(Whole.Length)]);
        for (var i = random.Next(1, 6); i > 0 && mail.Count < LargestMail; i--) Mutate(mail, random);

        return [.. mail];
    }

    private static void Mutate(List<byte> mail, Random random)
    {
        var at = random.Next(mail.Count + 1);
        switch (random.Next(14))
        {
            case 0:
                for (var i = random.Next(1, 50); i > 0 && mail.Count > 0; i--) mail[random.Next(mail.Count)] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                mail.RemoveRange(at, mail.Count - at);
                break;
            case 2:
                mail.RemoveRange(at, random.Next(Math.Min(400, mail.Count - at) + 1));
                break;
            case 3:
                mail.InsertRange(LineStart(mail, at), Line(Headers[random.Next(Headers.Length)]));
                break;
            case 4:
                var start = LineStart(mail, at);
                mail.InsertRange(start, mail.GetRange(start, Math.Min(random.Next(2000), mail.Count - start)));
                break;
            case 5:
                mail.InsertRange(LineStart(mail, at), Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, random.Next(300)).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n"))));
                break;
            case 6:
                mail.InsertRange(0, Line($"{(random.Next(2) == 0 ? "Subject" : "To")}: {string.Concat(Enumerable.Repeat(Filler(random), random.Next(4000)))}"));
                break;
            case 7:
                Replace(mail, "charset=utf-8"u8, Encoding.ASCII.GetBytes($"charset={Charsets[random.Next(Charsets.Length)]}"));
                break;
            case 8:
                mail.InsertRange(at, Enumerable.Range(0, random.Next(1, 3000)).Select(_ => (byte)random.Next(256)));
                break;
            case 9:
                mail.InsertRange(at, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Filler(random), random.Next(5000)))));
                break;
            case 10:
                var other = Whole[random.Next(Whole.Length)];
                mail.InsertRange(LineStart(mail, at), other.Skip(random.Next(other.Length)));
                break;
            case 11:
                mail.InsertRange(LineStart(mail, at), Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("--x\r\nContent-Type: text/plain\r\n\r\na\r\n", random.Next(500)))));
                break;
            case 12:
                Replace(mail, "\r\n"u8, random.Next(2) == 0 ? "\n"u8 : "\r"u8);
                break;
            default:
                mail.InsertRange(LineStart(mail, at), Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, random.Next(2000)).Select(i => $"X-Champ-{i}: v\r\n"))));
                break;
        }
    }

    private static string Filler(Random random) => new[] { "> ", "a@b, ", "<", "((", "\"", "=?utf-8?Q?a?= ", "begin 644 a\r\n", "é", "550 5.1.1 ", ">>> DATA\r\n", "\r\n ", "stop ", "<p>", "<blockquote>", "Le 1 a écrit :\r\n", "De : a@b\r\n" }[random.Next(16)];

    private static int LineStart(List<byte> mail, int at) => at == 0 ? 0 : mail.LastIndexOf((byte)'\n', at - 1) + 1;

    private static byte[] Line(string text) => Encoding.UTF8.GetBytes(text + "\r\n");

    private static void Replace(List<byte> mail, ReadOnlySpan<byte> old, ReadOnlySpan<byte> now)
    {
        var text = Encoding.Latin1.GetString([.. mail]).Replace(Encoding.Latin1.GetString(old), Encoding.Latin1.GetString(now), StringComparison.Ordinal);
        mail.Clear();
        mail.AddRange(Encoding.Latin1.GetBytes(text));
    }

    private static IEnumerable<byte[]> Fixtures()
    {
        const string answer = "D’accord.\n\nLe 11 mars 2026 à 09:00, Espace <reponse+k1@espace.example> a écrit :\n> Jeudi ?\n>> Non.\n\n-- \nLéa Exemple";
        yield return SampleReports.Dsn("failed", "5.1.1", "550 5.1.1 User unknown");
        yield return SampleReports.Text("failure notice", "I'm afraid I wasn't able to deliver your message.\n\n<parti@mairie.example>:\n550 5.1.1 unknown\n\n--- Below this line is a copy of the message.\n\nReceived: x");
        yield return SampleReports.Complaint("abuse");
        yield return RawMails.Bytes($"From: Léa <lea@mairie.example>\nTo: reponse+k1@espace.example\nSubject: Re: Réunion\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n{answer}");
        yield return RawMails.Bytes($"From: Léa <lea@mairie.example>\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/alternative; boundary=y\n\n--y\nContent-Type: text/plain; charset=utf-8\n\n{answer}\n--y\nContent-Type: text/html; charset=utf-8\n\n<div>D’accord.</div><div class=\"gmail_quote\"><blockquote>Jeudi ?</blockquote></div>\n--y--\n--x\nContent-Type: image/png; name=p.png\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\niVBORw==\n--x\nContent-Type: message/rfc822\n\nFrom: x@y.example\n\nDedans\n--x--\n");
        yield return MimeWriter.ToBytes(SampleMail.Create("Réunion du 12 mars", answer, "<p>D’accord</p>") with { Attachments = [new("compte rendu été.pdf", "application/pdf", new byte[3000])] });
    }
}
