using System.Globalization;
using TerritoireCollab.Mime.Classifying;
using TerritoireCollab.Mime.Reading;
using TerritoireCollab.Testing;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Reading;

/// <summary>
/// Broken mails of every sort: no exception, none slow. TERRITOIRE_FUZZ_MAILS sets how many (100000 for the whole; a few
/// thousand otherwise, so that the suite stays quick); they are the same in every run.
/// </summary>
public sealed class FuzzTests
{
    private const int FewMails = 2000;

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Mail_BrokenInAnyWay_ReadClassifiedAndTrimmedInTime()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("TERRITOIRE_FUZZ_MAILS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : FewMails;
        // The first mail pays for the compilation of the regular expressions.
        Handle(MailMutator.Make(0));

        var kinds = new HashSet<MailKind>();
        var slowest = TimeSpan.Zero;
        for (var number = 1; number <= count; number++)
        {
            var raw = MailMutator.Make(number);
            var time = Time(raw, number, kinds);
            if (time > slowest) slowest = time;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{count} mails, the slowest took {slowest.TotalMilliseconds:0.0} ms");
        Assert.True(kinds.Count >= 5, string.Join(", ", kinds));
    }

    // A pause of the collector is none of the mail's: a slow one is timed again, and its best counts.
    private static TimeSpan Time(byte[] raw, int number, HashSet<MailKind> kinds)
    {
        var best = ThreadTime.Best(() => kinds.Add(Try(raw, number)), Longest, attempts: 4);
        Assert.True(best <= Longest, $"The mail of number {number} ({raw.Length} octets) took {best.TotalMilliseconds:0} ms.");
        return best;
    }

    private static MailKind Try(byte[] raw, int number)
    {
        try
        {
            return Handle(raw);
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"The mail of number {number} was not read.", fault);
        }
    }

    private static MailKind Handle(byte[] raw)
    {
        var mail = MailReader.Read(raw);
        _ = NewText.Of(mail);
        return MailClassifier.Classify(mail).Kind;
    }
}
