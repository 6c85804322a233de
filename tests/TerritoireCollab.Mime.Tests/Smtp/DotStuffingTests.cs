using System.Text;
using TerritoireCollab.Mime.Smtp;
using TerritoireCollab.Mime.Tests.Writing;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Smtp;

public sealed class DotStuffingTests
{
    [Theory]
    [InlineData("", ".\r\n")]
    [InlineData("a", "a\r\n.\r\n")]
    [InlineData("a\r\n", "a\r\n.\r\n")]
    [InlineData(".", "..\r\n.\r\n")]
    [InlineData(".a\r\n..b\r\nc.d", "..a\r\n...b\r\nc.d\r\n.\r\n")]
    [InlineData("a\n.\nMAIL FROM:<x>", "a\r\n..\r\nMAIL FROM:<x>\r\n.\r\n")]
    [InlineData("a\r.\rb", "a\r\n..\r\nb\r\n.\r\n")]
    [InlineData("a\n\r\n.\r\n", "a\r\n\r\n..\r\n.\r\n")]
    [InlineData("\r\n\r\n", "\r\n\r\n.\r\n")]
    [InlineData("a\r", "a\r\n.\r\n")]
    public void Fill_SmallMessage_GivesExactBytesInAnyBlockSize(string message, string expected)
    {
        for (var size = DotStuffing.SmallestBlock; size < 40; size++)
        {
            Assert.Equal(expected, string.Concat(Blocks(message, size)));
        }
    }

    [Fact]
    public void Fill_RandomMessages_UndoToTheSameAndEndInTheLastBlock()
    {
        var random = new RandomText(5321);
        for (var round = 0; round < 500; round++)
        {
            var message = random.Body(1 + random.Below(8)).Replace("a", "\r\n.", StringComparison.Ordinal);

            var blocks = Blocks(message, DotStuffing.SmallestBlock + random.Below(300));

            Assert.EndsWith("\r\n.\r\n", string.Concat(blocks), StringComparison.Ordinal);
            Assert.EndsWith(".\r\n", blocks[^1], StringComparison.Ordinal);
            Assert.Equal(message, Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Undo(string.Concat(blocks)))));
        }
    }

    private static List<string> Blocks(string message, int size)
    {
        var stuffing = new DotStuffing(Encoding.UTF8.GetBytes(message));
        var block = new byte[size];
        var blocks = new List<string>();
        while (true)
        {
            var (written, isLast) = stuffing.Fill(block);
            blocks.Add(Encoding.Latin1.GetString(block, 0, written));
            if (isLast)
            {
                return blocks;
            }
        }
    }

    private static string Undo(string wire)
    {
        var lines = wire.Split("\r\n");
        Assert.Equal([".", ""], lines[^2..]);
        Assert.DoesNotContain(".", lines[..^2]);
        return string.Concat(lines[..^2].Select(line => $"{(line.StartsWith('.') ? line[1..] : line)}\r\n"));
    }
}
