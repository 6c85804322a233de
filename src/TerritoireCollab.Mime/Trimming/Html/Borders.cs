namespace TerritoireCollab.Mime.Trimming.Html;

/// <summary>What borders say in mails: Word and Windows Mail draw a line above what is answered, and indent by a quotation without any.</summary>
internal static class Borders
{
    private const int Longest = 400;

    /// <summary>A style in small letters without spaces.</summary>
    public static string Plain(string style) =>
        style.Length > Longest ? "" : style.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Whether a plain style says that there are none, as Gmail and Outlook do when somebody indents.</summary>
    public static bool AreNone(string style) =>
        !style.Contains("border-left", StringComparison.Ordinal)
        && (style.Contains("border:none", StringComparison.Ordinal) || style.Contains("border:0", StringComparison.Ordinal)) && style.Contains("margin", StringComparison.Ordinal);

    /// <summary>Whether a plain style is the line that Outlook for Windows or Windows Mail draws above the headers of what is answered.</summary>
    public static bool AreOutlooks(string style) =>
        (style.Contains("border:none;border-top:solid", StringComparison.Ordinal) && style.Contains("padding:3.0pt0", StringComparison.Ordinal))
        || (style.Contains("border-top:solid#", StringComparison.Ordinal) && style.Contains("padding:3pt0", StringComparison.Ordinal))
        || (style.Contains("padding-top:5px", StringComparison.Ordinal) && style.Contains("border-top", StringComparison.Ordinal));
}
