using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TerritoireCollab.Testing;

/// <summary>
/// The processor time of one thread, by which input that is made to be slow is found out: the clock on the wall tells as much of what else
/// the machine does. Where the system does not tell it (it does on Linux), the clock on the wall stands in.
/// </summary>
public static class ThreadTime
{
    private const int ThreadClock = 3;

    /// <summary>How long that takes, on this thread alone.</summary>
    public static TimeSpan Of(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var start = Now();
        work();
        return Now() - start;
    }

    /// <summary>The shortest of several attempts, which end with the first that keeps to <paramref name="limit"/>: what is compiled on the way counts once.</summary>
    public static TimeSpan Best(Action work, TimeSpan limit, int attempts)
    {
        var best = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < attempts && best > limit; attempt++)
        {
            var time = Of(work);
            if (time < best) best = time;
        }

        return best;
    }

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
}
