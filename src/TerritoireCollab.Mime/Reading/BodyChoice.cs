namespace TerritoireCollab.Mime.Reading;

/// <summary>
/// Which parts are the body. Mail programs split a text around the files set into it (Apple Mail), each piece a part of
/// the same multipart/mixed: they are read as one.
/// </summary>
internal sealed class BodyChoice
{
    private readonly HashSet<MailPart> chosen = new(ReferenceEqualityComparer.Instance);

    public BodyChoice(IReadOnlyList<MailPart> parts)
    {
        Text = Joined(parts, "text/plain", "\n");
        Html = Joined(parts, "text/html", "\n");
        if (Text is null && Html is null)
        {
            // Enriched text and other oddities: better read raw than lost.
            var odd = parts.FirstOrDefault(part => IsCandidate(part) && part.Type.StartsWith("text/", StringComparison.Ordinal) && part.Type is not ("text/calendar" or "text/rfc822-headers"));
            Text = odd is null ? null : Take(odd);
        }
    }

    public string? Text { get; }

    public string? Html { get; }

    public bool Contains(MailPart part) => chosen.Contains(part);

    private string? Joined(IReadOnlyList<MailPart> parts, string type, string between)
    {
        var first = parts.FirstOrDefault(part => part.Type == type && IsCandidate(part));
        if (first is null) return null;
        if (first.Within is not ("multipart/mixed" or "multipart/related")) return Take(first);

        var pieces = parts.Where(part => part.Type == type && part.Depth == first.Depth && part.Within == first.Within && IsCandidate(part)).ToArray();
        return string.Join(between, pieces.Select(Take));
    }

    private string Take(MailPart part)
    {
        chosen.Add(part);
        return part.Text!;
    }

    private static bool IsCandidate(MailPart part) => part.Text is not null && part.Disposition != "attachment" && (part.FileName is null || part.Depth == 0);
}
