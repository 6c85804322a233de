using System.Text.Json;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Writing;

/// <summary>Perl's Email::MIME, written by others, reads what the writer wrote.</summary>
public sealed class PerlReadsBackTests
{
    private const string Script =
        """
        use Email::MIME; use JSON::PP; use MIME::Base64;
        my $json = JSON::PP->new->ascii; my @read;
        while (my $line = <STDIN>) {
            my $mail = Email::MIME->new(decode_base64($line));
            my @parts;
            $mail->walk_parts(sub { my $part = shift; return if $part->subparts; push @parts, $part->content_type =~ m{^text/} ? $part->body_str : encode_base64($part->body, ""); });
            push @read, { subject => $mail->header_str("Subject"), from => $mail->header_str("From"), replyTo => $mail->header_str("Reply-To"), listId => $mail->header_str("List-Id"),
                unsubscribe => $mail->header_str("List-Unsubscribe"), group => $mail->header_str("X-Territoire-Groupe"), references => $mail->header_str("References"), sender => $mail->header_str("Sender") // "", parts => \@parts };
        }
        print $json->encode(\@read);
        """;

    [Fact]
    public async Task ToBytes_RandomMails_ReadTheSameInPerl()
    {
        var mails = ReadBackMails.Make();

        var output = await OtherPrograms.RunAsync("perl", ["-MEmail::MIME", "-MJSON::PP", "-e", "1"], ["-e", Script], mails.Select(mail => Convert.ToBase64String(MimeWriter.ToBytes(mail))));

        var read = JsonDocument.Parse(output).RootElement.EnumerateArray().ToArray();
        Assert.Equal(mails.Length, read.Length);
        foreach (var (mail, json) in mails.Zip(read)) AssertSame(mail, json);
    }

    private static void AssertSame(OutgoingMail mail, JsonElement json)
    {
        string Value(string name) => json.GetProperty(name).GetString()!;

        Assert.Equal(mail.Subject, Value("subject"));
        // It gives the name as it stands in the field, in quotation marks where it needs them.
        Assert.Equal(WithoutQuotes($"{mail.From.DisplayName} <{mail.From.Address}>"), WithoutQuotes(Value("from")));
        Assert.Equal(("reponse+k1@exemple.test", ReadBackMails.Unsubscribe, ""), (Value("replyTo"), Value("unsubscribe"), Value("sender")));
        Assert.Equal("Été à la mer <ete.exemple.test>", Value("listId"));
        Assert.Equal(mail.Headers[1].Value, Value("group"));
        Assert.Equal(string.Join(' ', mail.References), Value("references"));
        Assert.Equal(
            [mail.TextBody!, mail.HtmlBody!, Convert.ToBase64String(mail.Attachments[0].Content.Span)],
            json.GetProperty("parts").EnumerateArray().Select(part => part.GetString()!.Replace("\r\n", "\n", StringComparison.Ordinal)));
    }

    private static string WithoutQuotes(string text) => text.Replace("\\", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal);
}
