using System.Globalization;
using System.Text;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Writing;

public sealed class MimeWriterTests
{
    [Fact]
    public void ToBytes_SameMailTwice_GivesTheSameBytes()
    {
        var first = SampleMail.Create("Été", "a", "<p>b</p>");
        var second = SampleMail.Create("Été", "a", "<p>b</p>");

        Assert.Equal(MimeWriter.ToBytes(first), MimeWriter.ToBytes(second));
    }

    [Fact]
    public void ToBytes_OtherMessageId_ChangesTheBoundary()
    {
        var first = SampleMail.Create("Été", "a", "<p>b</p>");

        Assert.NotEqual(BoundaryLine(first), BoundaryLine(first with { MessageId = "<autre@exemple.test>" }));
    }

    [Fact]
    public void ToBytes_OtherCulture_GivesTheSameBytes()
    {
        var before = CultureInfo.CurrentCulture;
        var expected = MimeWriter.ToBytes(SampleMail.Create());
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");

            Assert.Equal(expected, MimeWriter.ToBytes(SampleMail.Create()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Write_Stream_GetsTheBytesAndStaysOpen()
    {
        var mail = SampleMail.Create("Été", "a", "<p>b</p>");
        using var stream = new MemoryStream();

        MimeWriter.Write(mail, stream);

        Assert.True(stream.CanWrite);
        Assert.Equal(MimeWriter.ToBytes(mail), stream.ToArray());
    }

    [Fact]
    public void ToBytes_NoBody_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => MimeWriter.ToBytes(SampleMail.Create(text: null)));
    }

    [Fact]
    public void ToBytes_RandomSubjects_DecodeToTheSameWithinTheLimits()
    {
        var random = new RandomText(5322);
        for (var round = 0; round < 3000; round++)
        {
            var subject = random.Line(1 + random.Below(60), spaces: round % 4 > 0);

            var bytes = MimeWriter.ToBytes(SampleMail.Create(subject));

            Assert.Equal(subject.Trim(), SmallDecoder.DecodeWords(SmallDecoder.RawHeader(bytes, "Subject")));
            AssertHeaderLimits(bytes);
        }
    }

    [Theory]
    [InlineData("Bonjour à tous")]
    [InlineData("deux  espaces")]
    [InlineData("=?utf-8?Q?faux?=")]
    [InlineData("tab\tulation")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("é  è")]
    [InlineData("  début et fin  ")]
    public void ToBytes_Subject_DecodesToTheTrimmedSubject(string subject)
    {
        var bytes = MimeWriter.ToBytes(SampleMail.Create(subject));

        Assert.Equal(subject.Trim(), SmallDecoder.DecodeWords(SmallDecoder.RawHeader(bytes, "Subject")));
    }

    [Theory]
    [InlineData(77)]
    [InlineData(78)]
    [InlineData(2000)]
    public void ToBytes_LongWordInSubject_StaysWithinTheLimits(int length)
    {
        var subject = $"Voir {new string('x', length)} et puis";

        var bytes = MimeWriter.ToBytes(SampleMail.Create(subject));

        Assert.Equal(subject, SmallDecoder.DecodeWords(SmallDecoder.RawHeader(bytes, "Subject")));
        AssertHeaderLimits(bytes);
    }

    [Fact]
    public void ToBytes_EmojiFamilies_AreNotCutInsideAnEncodedWord()
    {
        const string family = "👩‍👩‍👧‍👦";
        var bytes = MimeWriter.ToBytes(SampleMail.Create(string.Concat(Enumerable.Repeat(family, 12))));

        var words = SmallDecoder.WordsOf(SmallDecoder.RawHeader(bytes, "Subject"));

        Assert.True(words.Length > 1);
        Assert.All(words, word => Assert.Equal("", SmallDecoder.DecodeWord(word).Replace(family, "", StringComparison.Ordinal)));
    }

    [Fact]
    public void ToBytes_OneCharacterLongerThanAnEncodedWord_IsCutBetweenCodePoints()
    {
        var subject = string.Join('\u200D', Enumerable.Repeat("👩", 30));

        var bytes = MimeWriter.ToBytes(SampleMail.Create(subject));

        Assert.Equal(subject, SmallDecoder.Header(bytes, "Subject"));
        AssertHeaderLimits(bytes);
    }

    [Theory]
    [InlineData("Camille Fictive", "Camille Fictive <a@exemple.test>")]
    [InlineData("Fictive, Camille", "\"Fictive, Camille\" <a@exemple.test>")]
    [InlineData("Camille \"Cam\" \\ F.", "\"Camille \\\"Cam\\\" \\\\ F.\" <a@exemple.test>")]
    [InlineData("=?utf-8?Q?x?=", "=?utf-8?B?PT91dGYtOD9RP3g/PQ==?= <a@exemple.test>")]
    [InlineData("Élodie", "=?utf-8?Q?=C3=89lodie?= <a@exemple.test>")]
    [InlineData("日本語", "=?utf-8?B?5pel5pys6Kqe?= <a@exemple.test>")]
    [InlineData(" ", "a@exemple.test")]
    public void ToBytes_DisplayName_IsWrittenInTheFormItNeeds(string name, string expected)
    {
        var mail = SampleMail.Create() with { From = new Mailbox("a@exemple.test", name) };

        Assert.Equal(expected, SmallDecoder.RawHeader(MimeWriter.ToBytes(mail), "From"));
    }

    [Fact]
    public void ToBytes_RandomDisplayNames_DecodeToTheSameWithinTheLimits()
    {
        var random = new RandomText(2047);
        for (var round = 0; round < 1000; round++)
        {
            var name = random.Line(1 + random.Below(30));
            var mail = SampleMail.Create() with { To = new Mailbox("a@exemple.test", name) };

            var bytes = MimeWriter.ToBytes(mail);

            var expected = string.IsNullOrWhiteSpace(name) ? "a@exemple.test" : $"{name.Trim()} <a@exemple.test>";
            Assert.Equal(expected, SmallDecoder.Header(bytes, "To"));
            AssertHeaderLimits(bytes);
        }
    }

    [Fact]
    public void ToBytes_LongReferences_KeepTheRootAndTheLastNineteen()
    {
        var all = Enumerable.Range(0, 30).Select(i => $"<fil.4f6c1c52-0000-7000-8000-000000000000.msg.{i}@exemple.test>").ToArray();
        var bytes = MimeWriter.ToBytes(SampleMail.Create() with { References = all });

        var written = SmallDecoder.RawHeader(bytes, "References").Split(' ');

        Assert.Equal([all[0], .. all[11..]], written);
        AssertHeaderLimits(bytes);
    }

    [Fact]
    public void ToBytes_LongUnsubscribeAddress_StaysWhole()
    {
        var address = $"https://exemple.test/d/{new string('k', 300)}?a=?b";
        var mail = SampleMail.Create() with { Headers = MailHeader.OneClickUnsubscribe(new Uri(address), null) };

        Assert.Contains($"List-Unsubscribe: <{address}>\r\n", SmallDecoder.Text(MimeWriter.ToBytes(mail)), StringComparison.Ordinal);
    }

    [Fact]
    public void ToBytes_HeaderWordBeyondTheHardLimit_IsRefused()
    {
        var mail = SampleMail.Create() with { Headers = [new("X-Long", new string('k', 998))] };

        Assert.Throws<ArgumentException>(() => MimeWriter.ToBytes(mail));
    }

    [Fact]
    public void ToBytes_BodyWithLinesOfAnyLength_NeverPasses78()
    {
        var body = $"{new string('x', 5000)}\n{string.Concat(Enumerable.Repeat("é ", 3000))}\nfin";

        var bytes = MimeWriter.ToBytes(SampleMail.Create("Long", body, $"<p>{body}</p>"));

        Assert.All(SmallDecoder.Lines(bytes), line => Assert.InRange(line.Length, 0, 78));
        Assert.True(Ascii.IsValid(bytes));
    }

    [Fact]
    public void ToBytes_LongFileName_IsCutBetweenCharacters()
    {
        var name = $"{string.Concat(Enumerable.Repeat("Été 😀 ", 20))}.pdf";
        var mail = SampleMail.Create() with { Attachments = [new(name, "application/pdf", new byte[] { 1 })] };

        var bytes = MimeWriter.ToBytes(mail);

        var pieces = SmallDecoder.Lines(bytes).Where(line => line.StartsWith(" filename*", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].TrimEnd(';').Replace("utf-8''", "", StringComparison.Ordinal)).ToArray();
        Assert.True(pieces.Length > 3);
        Assert.Equal(name, string.Concat(pieces.Select(Uri.UnescapeDataString)));
        Assert.DoesNotContain(pieces, piece => Uri.UnescapeDataString(piece).Contains('\uFFFD', StringComparison.Ordinal) || piece.Length > 50);
    }

    [Fact]
    public void ToBytes_UnicodeLocalPart_IsWrittenInUtf8()
    {
        var mail = SampleMail.Create() with { To = new Mailbox("hélène@collectivité.example", "Hélène") };

        Assert.EndsWith("<hélène@xn--collectivit-lbb.example>", SmallDecoder.RawHeader(MimeWriter.ToBytes(mail), "To"), StringComparison.Ordinal);
    }

    private static string BoundaryLine(OutgoingMail mail) =>
        SmallDecoder.Lines(MimeWriter.ToBytes(mail)).Single(line => line.StartsWith(" boundary=", StringComparison.Ordinal));

    private static void AssertHeaderLimits(byte[] message)
    {
        foreach (var line in SmallDecoder.Lines(message))
        {
            var words = SmallDecoder.WordsOf(line);
            Assert.All(words, word => Assert.InRange(word.Length, 0, 75));
            Assert.All(words, word => Assert.DoesNotContain("\uFFFD", SmallDecoder.DecodeWord(word), StringComparison.Ordinal));
            Assert.InRange(line.Length, 0, words.Length > 0 ? 76 : 78);
            Assert.False(line.Length > 0 && string.IsNullOrWhiteSpace(line), "a folded line of spaces alone");
        }

        Assert.True(Ascii.IsValid(message));
    }
}
