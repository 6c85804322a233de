namespace TerritoireCollab.Mime;

/// <summary>
/// An iCalendar document that goes with a mail (RFC 6047): once as an alternative of the text, where Gmail and Outlook look for it, and once as a file, for
/// programs that show no alternative they do not know.
/// </summary>
public sealed record MailCalendar
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "invitation.ics";

    private const string MethodLine = "METHOD:";

    /// <summary>Checks and keeps a document.</summary>
    /// <param name="text">The document; its METHOD, PUBLISH where it says none, is told in the header too (RFC 6047, 2.4).</param>
    /// <exception cref="ArgumentException">It is no calendar.</exception>
    public MailCalendar(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith("BEGIN:VCALENDAR", StringComparison.Ordinal)) throw new ArgumentException("The document is no calendar.", nameof(text));

        Text = text;
        var line = text.Split('\n').Select(l => l.TrimEnd('\r')).FirstOrDefault(l => l.StartsWith(MethodLine, StringComparison.Ordinal))?[MethodLine.Length..];
        Method = line is { Length: > 0 } && line.All(char.IsAsciiLetterUpper) ? line : "PUBLISH";
    }

    /// <summary>The document.</summary>
    public string Text { get; }

    /// <summary>What it is sent for.</summary>
    public string Method { get; }
}
