using System.Buffers;
using System.Text;
using TerritoireCollab.Mime.Writing;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Writing;

public sealed class QuotedPrintableTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("abc", "abc")]
    [InlineData("é", "=C3=A9")]
    [InlineData("a=b", "a=3Db")]
    [InlineData("😀", "=F0=9F=98=80")]
    [InlineData("l’été\u00A0: «\u00A0ok\u00A0»", "l=E2=80=99=C3=A9t=C3=A9=C2=A0: =C2=AB=C2=A0ok=C2=A0=C2=BB")]
    [InlineData("a \nb\t\r\nc ", "a=20\r\nb=09\r\nc=20")]
    [InlineData("a\rb\nc\r\nd", "a\r\nb\r\nc\r\nd")]
    [InlineData("a\n\n\nb\n", "a\r\n\r\n\r\nb\r\n")]
    [InlineData(".\n.a\na.", "=2E\r\n=2Ea\r\na.")]
    [InlineData("From moi\nFrom\nDe From x", "=46rom moi\r\nFrom\r\nDe From x")]
    [InlineData("\0", "=00")]
    public void Encode_SmallText_GivesExactBytes(string text, string expected)
    {
        Assert.Equal(expected, Encode(text));
    }

    [Theory]
    [InlineData(76, "", "")]
    [InlineData(77, "=\r\n", "xx")]
    public void Encode_AtTheLimit_BreaksSoftlyOnlyWhenNeeded(int length, string soft, string second)
    {
        var first = new string('x', length - second.Length);

        Assert.Equal($"{first}{soft}{second}", Encode(new string('x', length)));
    }

    [Fact]
    public void Encode_HalfASurrogatePair_BecomesTheReplacementCharacter()
    {
        Assert.Equal("a=EF=BF=BDb", Encode($"a{'\uD83D'}b"));
    }

    [Fact]
    public void Encode_CharacterAcrossTheLimit_MovesWholeToTheNextLine()
    {
        var start = new string('x', 70);

        Assert.Equal($"{start}=\r\n=E2=82=ACy", Encode($"{start}€y"));
    }

    [Fact]
    public void Encode_DotAfterSoftBreak_IsEscaped()
    {
        var start = new string('x', 75);

        Assert.Equal($"{start}=\r\n=2Eyy", Encode($"{start}.yy"));
    }

    [Fact]
    public void Encode_RandomBodies_DecodeToTheSameWithinTheLimits()
    {
        var random = new RandomText(20261103);
        for (var round = 0; round < 400; round++)
        {
            var body = random.Body(random.Below(12));

            var encoded = Encode(body);

            Assert.Equal(body, SmallDecoder.DecodeQuotedPrintable(encoded));
            foreach (var line in encoded.Split("\r\n"))
            {
                Assert.InRange(line.Length, 0, 76);
                Assert.False(line.EndsWith(' ') || line.EndsWith('\t') || line.StartsWith('.'), line);
            }
        }
    }

    private static string Encode(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        QuotedPrintable.Encode(text, output);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }
}
