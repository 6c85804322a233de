using System.Globalization;
using System.Text;

namespace TerritoireCollab.Platform.Modules.Demo;

/// <summary>
/// A PDF of one A4 page: a title and plain text in Helvetica, with the encoding WinAnsi that every reader has (ISO 32000-1, annex D.2).
/// Text beyond the foot of the page is left out.
/// </summary>
public static class PlainPdf
{
    private const int LineWidth = 88;
    private const int MostLines = 52;

    // The part of WinAnsi (Windows-1252) that Latin-1 does not have, from 0x80.
    private const string Upper = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    /// <summary>The bytes of the document.</summary>
    public static byte[] Write(string title, string text)
    {
        var page = Page(title, text);
        var file = new MemoryStream();
        var places = new List<long>();
        Put(file, "%PDF-1.4\n%âãÏÓ\n");
        Object("<< /Type /Catalog /Pages 2 0 R /Lang (fr-FR) >>");
        Object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        Object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>");
        Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
        Object($"<< /Length {Bytes(page).Length} >>\nstream\n{page}\nendstream");
        Object($"<< /Title ({Escape(title)}) >>");

        var table = file.Position;
        Put(file, $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places) Put(file, place.ToString("D10", CultureInfo.InvariantCulture) + " 00000 n \n");
        Put(file, $"trailer\n<< /Size {places.Count + 1} /Root 1 0 R /Info 7 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();

        void Object(string body)
        {
            places.Add(file.Position);
            Put(file, $"{places.Count} 0 obj\n{body}\nendobj\n");
        }
    }

    private static string Page(string title, string text)
    {
        var page = new StringBuilder("BT\n/F2 15 Tf\n56 780 Td\n19 TL\n");
        foreach (var line in Wrap(title, 58)) page.Append('(').Append(Escape(line)).Append(") Tj T*\n");
        page.Append("/F1 11 Tf\n14 TL\nT*\n");
        foreach (var line in text.Split('\n').SelectMany(l => Wrap(l, LineWidth)).Take(MostLines)) page.Append('(').Append(Escape(line)).Append(") Tj T*\n");
        return page.Append("ET").ToString();
    }

    private static IEnumerable<string> Wrap(string line, int width)
    {
        while (line.Length > width)
        {
            var space = line.LastIndexOf(' ', width);
            var cut = space > 0 ? space : width;
            yield return line[..cut];
            line = line[cut..].TrimStart(' ');
        }

        yield return line;
    }

    private static string Escape(string text) => text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("(", @"\(", StringComparison.Ordinal).Replace(")", @"\)", StringComparison.Ordinal);

    private static void Put(Stream file, string text) => file.Write(Bytes(text));

    private static byte[] Bytes(string text)
    {
        var bytes = new byte[text.Length];
        for (var at = 0; at < text.Length; at++) bytes[at] = Code(text[at]);
        return bytes;
    }

    private static byte Code(char letter)
    {
        if (letter == '\u202f') return 0xA0;
        if (letter is < '\u0080' or (>= '\u00a0' and <= '\u00ff')) return (byte)letter;

        var place = Upper.IndexOf(letter, StringComparison.Ordinal);
        return place < 0 ? (byte)'?' : (byte)(0x80 + place);
    }
}
