using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace TerritoireCollab.Documents.Writing.Pdf;

/// <summary>
/// Fonts of the system: DejaVu, which has the most signs, or Liberation. None is delivered: where neither is installed no PDF is written.
/// </summary>
internal sealed class PdfFonts : IFontResolver
{
    /// <summary>Family of text.</summary>
    public const string Text = "texte";

    /// <summary>Family of code.</summary>
    public const string Code = "code";

    // Regular, bold, italic, both; what a package leaves out is slanted or thickened.
    private static readonly Dictionary<string, string[][]> Names = new()
    {
        [Text] = [["DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSans-BoldOblique"], ["LiberationSans-Regular", "LiberationSans-Bold", "LiberationSans-Italic", "LiberationSans-BoldItalic"]],
        [Code] = [["DejaVuSansMono", "DejaVuSansMono-Bold", "DejaVuSansMono-Oblique", "DejaVuSansMono-BoldOblique"], ["LiberationMono-Regular", "LiberationMono-Bold", "LiberationMono-Italic", "LiberationMono-BoldItalic"]],
    };

    private static readonly Lazy<PdfFonts?> Installed = new(() => Of(Folders()));

    private readonly Dictionary<string, string> _files;
    private readonly Dictionary<string, string[]> _faces;

    private PdfFonts(Dictionary<string, string> files, Dictionary<string, string[]> faces) => (_files, _faces) = (files, faces);

    /// <summary>Whether there are fonts to write with.</summary>
    public static bool AreInstalled => Installed.Value is not null;

    /// <summary>Fonts in those folders; null where one of the families is missing.</summary>
    public static PdfFonts? Of(IEnumerable<string> folders)
    {
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 6 };
        foreach (var file in folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.ttf", options))) files.TryAdd(Path.GetFileNameWithoutExtension(file), file);

        var faces = Names.ToDictionary(family => family.Key, family => Array.Find(family.Value, names => files.ContainsKey(names[0])));
        return faces.Values.Any(names => names is null) ? null : new(files, faces.ToDictionary(family => family.Key, family => family.Value!));
    }

    /// <summary>Gives them to the library that writes, once for the process.</summary>
    public static void Use() => GlobalFontSettings.FontResolver ??= Installed.Value ?? throw new InvalidOperationException("No font to write with.");

    /// <summary>A font of a family.</summary>
    public static XFont Of(string family, double size, XFontStyleEx style) => new(family, size, style, new XPdfFontOptions(PdfFontEncoding.Unicode, PdfFontEmbedding.TryComputeSubset));

    /// <inheritdoc />
    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic)
    {
        if (!_faces.TryGetValue(familyName, out var names)) return null;

        var wanted = (isBold ? 1 : 0) + (isItalic ? 2 : 0);
        if (_files.ContainsKey(names[wanted])) return new(names[wanted]);
        return isBold && _files.ContainsKey(names[1]) ? new(names[1], mustSimulateBold: false, isItalic) : new(names[0], isBold, isItalic);
    }

    /// <inheritdoc />
    public byte[]? GetFont(string faceName) => File.ReadAllBytes(_files[faceName]);

    private static IEnumerable<string> Folders()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return ["/usr/share/fonts", "/usr/local/share/fonts", Path.Combine(home, ".fonts"), Path.Combine(home, ".local/share/fonts"), "/Library/Fonts", Path.Combine(home, "Library/Fonts"), Environment.GetFolderPath(Environment.SpecialFolder.Fonts)];
    }
}
