using System.Globalization;
using TerritoireCollab.Documents.Resources;

namespace TerritoireCollab.Documents.Zip;

/// <summary>How much an archive that people bring may hold.</summary>
public sealed record ZipImportLimits
{
    /// <summary>Limits where nothing else is said.</summary>
    public static ZipImportLimits Default { get; } = new();

    /// <summary>Most members: folders, refused ones and rubbish included.</summary>
    public int Members { get; init; } = 5_000;

    /// <summary>Most bytes of all files once unpacked: what the group's quota leaves.</summary>
    public long UnpackedBytes { get; init; } = 4L << 30;

    /// <summary>Most bytes of one file.</summary>
    public long FileBytes { get; init; } = 2L << 30;

    /// <summary>Most bytes out of one byte, beyond ten megabytes.</summary>
    public int Ratio { get; init; } = 200;

    /// <summary>Most folders inside each other.</summary>
    public int Folders { get; init; } = 12;

    /// <summary>Longest name of a file or folder, in UTF-16 units.</summary>
    public int NameLength { get; init; } = 200;
}

/// <summary>Why a member of an archive is not imported, or not under its name.</summary>
public enum ZipNotice
{
    /// <summary>It leads out of the archive: « .. » or an absolute path.</summary>
    OutsidePath,

    /// <summary>It begins with the letter of a drive or the name of a server.</summary>
    DrivePath,

    /// <summary>It is a link or another special file.</summary>
    SpecialFile,

    /// <summary>It is protected by a password.</summary>
    Encrypted,

    /// <summary>It is packed in a way that is not read here.</summary>
    UnknownPacking,

    /// <summary>It stands in too many folders.</summary>
    TooDeep,

    /// <summary>Its name, or that of a folder around it, is too long.</summary>
    NameTooLong,

    /// <summary>Nothing of its name can be shown.</summary>
    NoName,

    /// <summary>It is larger than one file may be.</summary>
    TooLarge,

    /// <summary>A file and a folder have the same name.</summary>
    FileIsFolder,

    /// <summary>It shares its bytes with another member: no program packs so, but bombs do.</summary>
    SharedBytes,

    /// <summary>It is a thing of the system that packed it, and nobody's document.</summary>
    Rubbish,

    /// <summary>Kept: its name held signs that cannot be seen, or ended in dots or blanks.</summary>
    NameCleaned,

    /// <summary>Kept: another file had the same name, so it has a number.</summary>
    Renamed,
}

/// <summary>What is to be told about a member.</summary>
/// <param name="Name">Its path as written, made fit to be shown.</param>
/// <param name="Notice">What is the matter.</param>
public sealed record ZipRemark(string Name, ZipNotice Notice)
{
    /// <summary>Whether the member is imported all the same.</summary>
    public bool IsKept => Notice is ZipNotice.NameCleaned or ZipNotice.Renamed;

    /// <summary>The sentence for a person, in the current language.</summary>
    public string Message => string.Format(CultureInfo.CurrentCulture, Sentence, Name);

    private string Sentence => Notice switch
    {
        ZipNotice.OutsidePath => DocumentsTexts.ZipOutsidePath,
        ZipNotice.DrivePath => DocumentsTexts.ZipDrivePath,
        ZipNotice.SpecialFile => DocumentsTexts.ZipSpecialFile,
        ZipNotice.Encrypted => DocumentsTexts.ZipEncrypted,
        ZipNotice.UnknownPacking => DocumentsTexts.ZipUnknownPacking,
        ZipNotice.TooDeep => DocumentsTexts.ZipTooDeep,
        ZipNotice.NameTooLong => DocumentsTexts.ZipNameTooLong,
        ZipNotice.NoName => DocumentsTexts.ZipNoName,
        ZipNotice.TooLarge => DocumentsTexts.ZipTooLarge,
        ZipNotice.FileIsFolder => DocumentsTexts.ZipFileIsFolder,
        ZipNotice.SharedBytes => DocumentsTexts.ZipSharedBytes,
        ZipNotice.Rubbish => DocumentsTexts.ZipRubbish,
        ZipNotice.NameCleaned => DocumentsTexts.ZipNameCleaned,
        _ => DocumentsTexts.ZipRenamed,
    };
}

/// <summary>A file to be imported.</summary>
public sealed class ZipImportFile
{
    internal ZipImportFile(ZipMember member, IReadOnlyList<string> folders, string name)
    {
        Member = member;
        Folders = folders;
        Name = name;
    }

    /// <summary>Folders around it, from the root; safe names in Unicode form C.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Bytes that it says it has; more never come out of its stream, and less is a fault.</summary>
    public long DeclaredLength => Member.DeclaredLength;

    /// <summary>When it was changed, by the clock of whoever packed it.</summary>
    public DateTime? Modified => Member.Modified;

    internal ZipMember Member { get; }
}

/// <summary>
/// What importing an archive would do, known before anything is written: which files go into which folders, and what is left out or renamed, with
/// a sentence each. Archives inside are files like others: nothing is unpacked twice.
/// </summary>
public sealed class ZipImport
{
    private readonly ZipDirectory _archive;

    private ZipImport(ZipDirectory archive, ZipImportPlanner planner)
    {
        _archive = archive;
        Files = planner.Files;
        Folders = planner.Folders;
        Remarks = planner.Remarks;
    }

    /// <summary>Files, in the order of the archive.</summary>
    public IReadOnlyList<ZipImportFile> Files { get; }

    /// <summary>Every folder that is needed, parents before children; empty folders of the archive included.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Folders { get; }

    /// <summary>What is to be told.</summary>
    public IReadOnlyList<ZipRemark> Remarks { get; }

    /// <summary>Bytes that the files say they have.</summary>
    public long DeclaredLength => Files.Sum(file => file.DeclaredLength);

    /// <summary>Reads the directory of an archive and plans.</summary>
    /// <param name="stream">Seekable; not closed, and used by every stream opened from here.</param>
    /// <param name="limits">Limits; by default <see cref="ZipImportLimits.Default"/>.</param>
    /// <exception cref="DocumentException">The archive as a whole cannot be taken: damaged, or too many or too large files by its own account.</exception>
    public static ZipImport Plan(Stream stream, ZipImportLimits? limits = null)
    {
        limits ??= ZipImportLimits.Default;
        var archive = ZipDirectory.Open(stream, new ZipLimits { Members = limits.Members, UnpackedBytes = limits.UnpackedBytes, MemberBytes = limits.FileBytes, Ratio = limits.Ratio });
        var planner = new ZipImportPlanner(limits);
        planner.Take(archive.Members);
        var import = new ZipImport(archive, planner);
        return import.DeclaredLength <= limits.UnpackedBytes ? import : throw new DocumentException(DocumentFault.TooLarge);
    }

    /// <summary>Opens a file, one at a time. Its stream throws a <see cref="DocumentException"/> at the limits, and when what comes out is not what was packed.</summary>
    public Stream Open(ZipImportFile file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return _archive.OpenMember(file.Member, cancellationToken);
    }
}
