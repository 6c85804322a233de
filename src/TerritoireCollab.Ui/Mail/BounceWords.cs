using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Ui.Resources;

namespace TerritoireCollab.Ui.Mail;

/// <summary>Says in plain words why a mail came back, or why an address takes none, out of what servers say (RFC 3463).</summary>
public static class BounceWords
{
    /// <summary>Why that address takes no mail.</summary>
    public static string Of(AddressStanding standing) => standing.State == AddressState.Complained ? BounceTexts.Complaint : Of(standing.Status, standing.Diagnostic);

    /// <summary>Why that mail came back.</summary>
    public static string Of(Bounce bounce) => bounce.Kind == BounceKind.Complaint ? BounceTexts.Complaint : Of(bounce.Status, bounce.Diagnostic);

    /// <summary>What somebody who wants to reach the person can do about it.</summary>
    public static string Advice(AddressStanding standing) => standing.State switch
    {
        AddressState.Complained => BounceTexts.AdviceComplaint,
        AddressState.Paused => BounceTexts.AdvicePaused,
        _ when IsOf(standing.Status, "2.1", "1.1", "1.2", "1.6", "1.10") => BounceTexts.AdviceAddress,
        _ => BounceTexts.AdviceRefused,
    };

    /// <summary>Why a server refused, from its code, else from its words.</summary>
    public static string Of(string? status, string? diagnostic)
    {
        if (IsOf(status, "2.2") || Says(diagnostic, "quota", "full", "pleine")) return BounceTexts.Full;
        if (IsOf(status, "1.2", "1.10", "4.3") || Says(diagnostic, "domain not found", "host not found", "no mx")) return BounceTexts.NoDomain;
        if (IsOf(status, "1.1", "1.0", "1.6") || Says(diagnostic, "unknown", "does not exist", "no such user", "inconnu", "introuvable")) return BounceTexts.Unknown;
        if (IsOf(status, "2.1") || Says(diagnostic, "disabled", "inactive")) return BounceTexts.Disabled;
        if (IsOf(status, "2.3", "3.4")) return BounceTexts.TooLarge;
        if (IsOf(status, "7.") || Says(diagnostic, "spam", "blocked", "blacklist", "policy")) return BounceTexts.Blocked;
        return IsOf(status, "4.") || Says(diagnostic, "timed out", "timeout", "connection") ? BounceTexts.OutOfReach : BounceTexts.Refused;
    }

    // Subject and detail of the code: the class before them only says for how long.
    private static bool IsOf(string? status, params ReadOnlySpan<string> ends)
    {
        if (status is null || status.IndexOf('.', StringComparison.Ordinal) is not (> 0 and var dot)) return false;

        var rest = status[(dot + 1)..];
        foreach (var end in ends)
            if (end.EndsWith('.') ? rest.StartsWith(end, StringComparison.Ordinal) : rest == end) return true;
        return false;
    }

    private static bool Says(string? diagnostic, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (diagnostic?.Contains(word, StringComparison.OrdinalIgnoreCase) == true) return true;
        return false;
    }
}
