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
    /// <summary>Its holder wants no more invitations.</summary>
    Refusing = 4,
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
    private static readonly char[] Separators = [';', ',', '\t', '"', '<', '>', ' ', '\u00A0'];
    private static readonly string[] Headings = ["courriel", "courriels", "adresse", "adresses", "adresse de courriel", "adresse e-mail", "adresse mail", "e-mail", "email", "emails", "mail", "mails"];

    /// <summary>The lines, empty ones and a heading left out, one entry for each address of a line; addresses in lower case.</summary>
    public static IReadOnlyList<InviteLine> Read(string text)
    {
        var (entries, seen) = (new List<InviteLine>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (index, line) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            if (string.IsNullOrWhiteSpace(line)) continue;

            var words = line.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var addresses = words.Where(w => w.Contains('@', StringComparison.Ordinal)).Select(w => w.ToLowerInvariant()).ToList();
            if (addresses.Count == 0 && entries.Count == 0 && IsHeading(line)) continue;

            if (addresses.Count == 0) entries.Add(new(index + 1, Shown(line.Trim()), InviteLineState.Invalid));
            foreach (var address in addresses)
                entries.Add(new(index + 1, Shown(address), !IsAddress(address) ? InviteLineState.Invalid : seen.Add(address) ? InviteLineState.Ready : InviteLineState.Repeated));
        }

        return entries;
    }

    // The first line of a table of several columns, or the title of the only one.
    private static bool IsHeading(string line) => line.IndexOfAny([';', ',', '\t']) >= 0 || Headings.Contains(line.Trim().Trim('"').ToLowerInvariant());

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
