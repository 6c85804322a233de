using System.Text;
using TerritoireCollab.Mime.Reading;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Reading;

public sealed class CharsetTests
{
    private const string French = "L’été à Crest : déjà 12 € dépensés, cœur léger, naïveté.";

    public static TheoryData<string, string, string> Declared => new()
    {
        { "utf-8", "utf-8", French },
        { "windows-1252", "windows-1252", French },
        { "ISO-8859-1", "windows-1252", French },
        { "\"Windows-1252\"", "windows-1252", French },
        { "cp1252", "windows-1252", French },
        { "iso-8859-15", "iso-8859-15", "déjà 12 € dépensés, cœur léger" },
        { "macintosh", "macintosh", "déjà dépensés, cœur léger" },
        { "cp-850", "ibm850", "déjà dépensés" },
        { "utf-16", "utf-16", French },
        { "iso-2022-jp", "iso-2022-jp", "こんにちは" },
        { "shift_jis", "shift_jis", "こんにちは" },
        { "euc-jp", "euc-jp", "こんにちは" },
        { "gb2312", "gb18030", "你好，世界" },
        { "big5", "big5", "你好" },
        { "ks_c_5601-1987", "ks_c_5601-1987", "안녕하세요" },
        { "koi8-r", "koi8-r", "Привет" },
        { "windows-1256", "windows-1256", "مرحبا" },
    };

    [Theory]
    [MemberData(nameof(Declared))]
    public void Text_InItsDeclaredCharset_Decoded(string declared, string charset, string text)
    {
        var mail = RawMails.ReadText($"Content-Type: text/plain; charset={declared}\nContent-Transfer-Encoding: 8bit", RawMails.Bytes(text, charset));

        Assert.Equal(text, mail.Text);
        Assert.Empty(mail.Repairs);
    }

    [Theory]
    [InlineData("", "utf-8")]
    [InlineData("; charset=us-ascii", "utf-8")]
    [InlineData("; charset=us-ascii", "windows-1252")]
    [InlineData("; charset=iso-8859-1", "utf-8")]
    [InlineData("; charset=utf-8", "windows-1252")]
    [InlineData("; charset=x-unknown", "windows-1252")]
    [InlineData("; charset=inconnu", "utf-8")]
    [InlineData("; charset=\"utf-8;\"", "utf-8")]
    [InlineData("; charset=", "windows-1252")]
    public void Text_InAnotherCharsetThanDeclared_DecodedAllTheSame(string parameter, string charset)
    {
        var mail = RawMails.ReadText($"Content-Type: text/plain{parameter}\nContent-Transfer-Encoding: 8bit", RawMails.Bytes(French, charset));

        Assert.Equal(French, mail.Text);
    }

    [Fact]
    public void Text_Utf7OfOldExchange_Decoded()
    {
        var mail = RawMails.ReadText("Content-Type: text/plain; charset=utf-7", RawMails.Bytes("R+AOk-union +AOA 14 h, 1 +- 1, +2D3eAA-"));

        Assert.Equal("Réunion à 14 h, 1 + 1, 😀", mail.Text);
    }

    [Fact]
    public void Text_CutInTheMiddleOfACharacter_KeepsTheRest()
    {
        var body = RawMails.Bytes("Déjà l’été");
        var mail = RawMails.ReadText("Content-Type: text/plain; charset=utf-8", body[..^1]);

        Assert.Equal("Déjà l’ét\uFFFD", mail.Text);
        Assert.Contains("a few octets are not UTF-8", mail.Repairs);
    }

    [Fact]
    public void Text_DecomposedAccentsAndControls_ComposedAndCleared()
    {
        var mail = RawMails.ReadText("Content-Type: text/plain; charset=utf-8", RawMails.Bytes("\uFEFFRe\u0301union\0 d\u0007e\u0301ja\u0300"));

        Assert.Equal("Réunion déjà", mail.Text);
    }

    [Fact]
    public void Html_CharsetOnlyInItsMeta_Decoded()
    {
        var mail = RawMails.ReadText("Content-Type: text/html", RawMails.Bytes("<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-2'><p>Żółw</p>", "iso-8859-2"));

        Assert.Contains("Żółw", mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=?utf-8?Q?R=C3=A9union_du_?= =?utf-8?B?MTIg4oKs?=", "Réunion du 12 €")]
    [InlineData("=?UTF-8?B?w4nDqQ==?= et =?iso-8859-1?Q?=E9t=E9?=", "Éé et été")]
    [InlineData("=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "café")]
    [InlineData("=?utf-8?B?Y2Fmw?= =?utf-8?B?6k=?=", "café")]
    [InlineData("=?x-inconnu?Q?=C3=A9t=C3=A9?=", "été")]
    [InlineData("=?iso-8859-1*fr?Q?d=E9j=E0?=", "déjà")]
    [InlineData("=?utf-8?Q?Compte rendu_l=C3=A9ger?=", "Compte rendu léger")]
    [InlineData("Réunion déjà", "Réunion déjà")]
    [InlineData("Compte-rendu\n du 12\n\tmars", "Compte-rendu du 12 mars")]
    public void Subject_EncodedByTheNormOrBesideIt_Decoded(string raw, string subject)
    {
        Assert.Equal(subject, RawMails.Read($"From: a@b.example\nSubject: {raw}\n\nx").Subject);
    }

    [Fact]
    public void Subject_RawInTheCharsetOfTheText_Decoded()
    {
        var mail = RawMails.Read("From: a@b.example\nSubject: Żółw\nContent-Type: text/plain; charset=iso-8859-2\n\nŁódź", "iso-8859-2");

        Assert.Equal(("Żółw", "Łódź"), (mail.Subject, mail.Text));
    }

    [Fact]
    public void Decode_EveryOctetInEveryCharset_NeverThrows()
    {
        var octets = Enumerable.Range(0, 256).Select(b => (byte)b).ToArray();
        var names = Encoding.GetEncodings().Select(e => e.Name).Concat(CodePagesEncodingProvider.Instance.GetEncodings().Select(e => e.Name)).ToArray();

        var texts = names.Select(name => TextDecoder.Tidy(TextDecoder.Decode(octets, name, out _))).ToArray();

        Assert.True(names.Length > 100);
        Assert.All(texts, text => Assert.True(text.IsNormalized() && !text.Contains('\0', StringComparison.Ordinal)));
    }
}
