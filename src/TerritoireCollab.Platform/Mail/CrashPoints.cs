using System.Diagnostics;

namespace TerritoireCollab.Platform.Mail;

/// <summary>Moments at which a test has the process die, to see what becomes of the mails. Not there in what is published.</summary>
internal static class CrashPoints
{
    /// <summary>The mail is queued.</summary>
    public const string Queued = "queued";

    /// <summary>A worker has picked the mail.</summary>
    public const string Claimed = "claimed";

    /// <summary>The mail is marked as under way, and not one byte of it is out.</summary>
    public const string Begun = "begun";

    /// <summary>The server took it, and that is not written down.</summary>
    public const string Accepted = "accepted";

    /// <summary>It is written down that the server took it.</summary>
    public const string Recorded = "recorded";

    /// <summary>Name of the environment variable that holds the point, such as <c>begun</c>, or <c>begun:3</c> for the third time it is passed.</summary>
    public const string Variable = "TERRITOIRE_CRASH_AT";

    private static readonly string[] Chosen = Environment.GetEnvironmentVariable(Variable)?.Split(':') ?? [];
    private static int _passed;

    /// <summary>Dies here if a test wants it so.</summary>
    [Conditional("DEBUG")]
    public static void Pass(string point)
    {
        if (Chosen.Length == 0 || Chosen[0] != point) return;
        if (Interlocked.Increment(ref _passed) == (Chosen.Length > 1 ? int.Parse(Chosen[1], System.Globalization.CultureInfo.InvariantCulture) : 1)) Environment.FailFast($"As a test asked: {point}.");
    }
}
