using System.Text;

namespace TerritoireCollab.Documents.Zip;

/// <summary>Decides where each member of an archive goes.</summary>
internal sealed class ZipImportPlanner(ZipImportLimits limits)
{
    private static readonly HashSet<string> SystemFiles = new(StringComparer.OrdinalIgnoreCase) { ".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX" };

    // Two names are the same for a person, and for Windows and macOS, whatever their case.
    private readonly HashSet<string> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _folders = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.OrdinalIgnoreCase);

    public List<ZipImportFile> Files { get; } = [];

    public List<IReadOnlyList<string>> Folders { get; } = [];

    public List<ZipRemark> Remarks { get; } = [];

    public void Take(IReadOnlyList<ZipMember> members)
    {
        var shared = Shared(members);
        foreach (var member in members)
            if ((shared.Contains(member) ? ZipNotice.SharedBytes : Place(member)) is { } notice) Remarks.Add(new(Shown(member.Name), notice));
    }

    private ZipNotice? Place(ZipMember member)
    {
        if (Fault(member) is { } fault) return fault;

        // Old programs of Windows wrote backslashes.
        var path = member.Name.Replace('\\', '/');
        if (path is [var drive, ':', ..] && char.IsAsciiLetter(drive)) return ZipNotice.DrivePath;
        if (path.StartsWith("//", StringComparison.Ordinal)) return ZipNotice.DrivePath;
        if (path.StartsWith('/')) return ZipNotice.OutsidePath;

        var written = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != ".").ToList();
        if (written.Contains("..")) return ZipNotice.OutsidePath;
        if (written.Exists(SystemFiles.Contains) || written is [.., ['.', '_', _, ..]]) return ZipNotice.Rubbish;

        var segments = written.ConvertAll(SafeName.Of);
        if (segments.Count == 0 || segments.Contains("")) return ZipNotice.NoName;
        if (segments.Exists(segment => segment.Length > limits.NameLength)) return ZipNotice.NameTooLong;
        return segments.Count - (member.IsFolder ? 0 : 1) > limits.Folders ? ZipNotice.TooDeep : Place(member, segments, segments.SequenceEqual(written));
    }

    private ZipNotice? Fault(ZipMember member)
    {
        if (member.IsSpecial) return ZipNotice.SpecialFile;
        if (member.IsFolder) return null;
        if (member.IsEncrypted) return ZipNotice.Encrypted;
        if (!member.IsReadable) return ZipNotice.UnknownPacking;
        return member.DeclaredLength > limits.FileBytes ? ZipNotice.TooLarge : null;
    }

    private ZipNotice? Place(ZipMember member, List<string> segments, bool isAsWritten)
    {
        var folders = member.IsFolder ? segments : segments[..^1];
        for (var i = 1; i <= folders.Count; i++)
            if (_files.Contains(Key(folders[..i]))) return ZipNotice.FileIsFolder;
        if (!member.IsFolder && _folders.Contains(Key(segments))) return ZipNotice.FileIsFolder;

        AddFolders(folders);
        if (member.IsFolder) return isAsWritten ? null : ZipNotice.NameCleaned;

        var name = FreeName(folders, segments[^1]);
        _files.Add(Key([.. folders, name]));
        Files.Add(new(member, folders, name));
        return name != segments[^1] ? ZipNotice.Renamed : isAsWritten ? null : ZipNotice.NameCleaned;
    }

    private void AddFolders(List<string> folders)
    {
        for (var i = 1; i <= folders.Count; i++)
            if (_folders.Add(Key(folders[..i]))) Folders.Add(folders[..i]);
    }

    private string FreeName(List<string> folders, string name)
    {
        if (IsFree(folders, name)) return name;

        var extension = Path.GetExtension(name);
        var stem = name[..^extension.Length];
        var key = Key([.. folders, name]);
        for (var number = _numbers.GetValueOrDefault(key, 2); ; number++)
        {
            _numbers[key] = number + 1;
            if ($"{stem} ({number}){extension}" is var other && IsFree(folders, other)) return other;
        }
    }

    private bool IsFree(List<string> folders, string name) => Key([.. folders, name]) is var key && !_files.Contains(key) && !_folders.Contains(key);

    private static string Key(List<string> segments) => string.Join('/', segments);

    private static string Shown(string name) => Reading.CleanText.Cut(SafeName.Of(name.Replace('\\', '/')), 120) is { Length: > 0 } shown ? shown : "…";

    // Members stand one after the other in the file; where one begins before the one before it can end, bytes are counted twice.
    private static HashSet<ZipMember> Shared(IReadOnlyList<ZipMember> members)
    {
        var shared = new HashSet<ZipMember>(ReferenceEqualityComparer.Instance);
        long end = 0;
        foreach (var member in members.OrderBy(member => member.HeaderOffset))
        {
            if (member.HeaderOffset < end) shared.Add(member);
            end = Math.Max(end, member.LeastEnd);
        }

        return shared;
    }
}

/// <summary>Names of files that people can see, type and keep on any system.</summary>
internal static class SafeName
{
    /// <summary>In form C, without control characters, signs that turn the direction of writing or take no place, nor dots and blanks at the end.</summary>
    public static string Of(string name)
    {
        var safe = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
            if (IsSeen(rune)) safe.Append(rune);
        return safe.ToString().Normalize().TrimEnd('.', ' ').TrimStart(' ');
    }

    // A joiner makes one emoji of several; every other sign of format only deceives the eye.
    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator => false,
        System.Globalization.UnicodeCategory.Format => rune.Value == 0x200d,
        _ => rune != Rune.ReplacementChar,
    };
}
