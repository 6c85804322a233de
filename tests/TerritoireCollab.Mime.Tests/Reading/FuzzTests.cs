using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using TerritoireCollab.Mime.Classifying;
using TerritoireCollab.Mime.Reading;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Reading;

/// <summary>
/// Broken mails of every sort: no exception, none slow. TERRITOIRE_FUZZ_MAILS sets how many (100000 for the whole; a few
/// thousand otherwise, so that the suite stays quick); they are the same in every run.
/// </summary>
public sealed class FuzzTests
{
    private const int FewMails = 2000;
    private const int ThreadClock = 3;

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

    // A pause of the collector or of the machine is none of the mail's: a slow one is timed again, and its best counts.
    private static TimeSpan Time(byte[] raw, int number, HashSet<MailKind> kinds)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 4 && best > Longest; i++)
        {
            var start = Now();
            kinds.Add(Try(raw, number));
            var time = Now() - start;
            if (time < best) best = time;
        }

        Assert.True(best <= Longest, $"The mail of number {number} ({raw.Length} octets) took {best.TotalMilliseconds:0} ms.");
        return best;
    }

    // The time of this thread alone where the system tells it, since other tests run at the same time.
    private static TimeSpan Now() =>
        OperatingSystem.IsLinux() && ClockOfThread(ThreadClock, out var time) == 0 ? new(time.Seconds * TimeSpan.TicksPerSecond + time.Nanoseconds / 100) : Stopwatch.GetElapsedTime(0);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockOfThread(int clock, out UnixTime time);

    [StructLayout(LayoutKind.Sequential)]
    private struct UnixTime
    {
        public long Seconds;
        public long Nanoseconds;
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
