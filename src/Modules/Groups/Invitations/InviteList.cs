using System.Text;
using TerritoireCollab.Mime;

namespace TerritoireCollab.Groups.Invitations;

/// <summary>What becomes of a line of a list of addresses.</summary>
public enum InviteLineState
{
    /// <summary>Can be invited.</summary>
    Ready = 0,
    /// <summary>No address in it, or one that cannot be written to.</summary>
    Invalid = 1,
    /// <summary>The same address stands higher up.</summary>
    Repeated = 2,
    /// <summary>An invitation to that address waits already.</summary>
    Waiting = 3,
}

/// <summary>A line of a list of addresses.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">The address, or what stands in its place.</param>
/// <param name="State">What becomes of it.</param>
public sealed record InviteLine(int Number, string Text, InviteLineState State);

/// <summary>Reads lists of addresses: typed one a line, or a table of a spreadsheet.</summary>
internal static class InviteList
{
    /// <summary>Most addresses at once.</summary>
    public const int Most = 500;

    private const int LongestShown = 120;
    private static readonly char[] Separators = [';', ',', '\t', '"', '<', '>', ' '];

    /// <summary>The text of a file: UTF-8 where it is, the usual code page of French spreadsheets otherwise.</summary>
    public static string Decode(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    /// <summary>The lines, empty ones and a heading left out; addresses in lower case.</summary>
    public static IReadOnlyList<InviteLine> Read(string text)
    {
        var (lines, seen) = (new List<InviteLine>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (index, line) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            if (string.IsNullOrWhiteSpace(line)) continue;

            var address = line.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault(w => w.Contains('@', StringComparison.Ordinal))?.ToLowerInvariant();
            if (address is null && lines.Count == 0 && line.IndexOfAny([';', ',', '\t']) >= 0) continue;

            var state = !IsAddress(address) ? InviteLineState.Invalid : seen.Add(address!) ? InviteLineState.Ready : InviteLineState.Repeated;
            lines.Add(new(index + 1, Shown(address ?? line.Trim()), state));
        }

        return lines;
    }

    private static string Shown(string text) => text.Length > LongestShown ? text[..LongestShown] : text;

    /// <summary>Whether mail can be sent to it; never a line break, never a display name.</summary>
    public static bool IsAddress(string? address)
    {
        if (address is not { Length: >= 6 and <= 254 } || address.Count(c => c == '@') != 1 || address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))) return false;
        if (!address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..].Contains('.', StringComparison.Ordinal)) return false;

        try
        {
            _ = new Mailbox(address, "");
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
