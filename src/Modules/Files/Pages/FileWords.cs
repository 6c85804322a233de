using TerritoireCollab.Files.Quota;
using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Ui.Components;
using TerritoireCollab.Ui.Resources;
using T = TerritoireCollab.Files.Resources.FilesTexts;

namespace TerritoireCollab.Files.Pages;

/// <summary>What files are called on the pages.</summary>
internal static class FileWords
{
    /// <summary>The kind of a file in a word, by the ending of its name: « Tableur (ODS) ».</summary>
    public static string Kind(string name)
    {
        var extension = Path.GetExtension(name).TrimStart('.').ToLowerInvariant();
        var word = extension switch
        {
            "pdf" => T.KindPdf,
            "odt" or "docx" or "doc" or "rtf" or "docm" or "ott" => T.KindText,
            "ods" or "xlsx" or "xls" or "csv" or "tsv" or "xlsm" => T.KindSheet,
            "odp" or "pptx" or "ppt" or "ppsx" => T.KindSlides,
            "png" or "jpg" or "jpeg" or "gif" or "webp" or "svg" => T.KindPicture,
            "txt" or "md" => T.KindPlain,
            "zip" or "7z" or "gz" => T.KindArchive,
            "mp3" or "ogg" or "wav" => T.KindSound,
            "mp4" or "webm" or "mov" => T.KindVideo,
            _ => T.KindFile,
        };
        return extension.Length is > 0 and <= 5 && word != T.KindPdf ? T.KindWith.With(word, extension.ToUpperInvariant()) : word;
    }

    /// <summary>The name of the symbol of a file.</summary>
    public static string Symbol(string name) => Path.GetExtension(name).ToLowerInvariant() is ".png" or ".jpg" or ".jpeg" or ".gif" or ".webp" ? "image" : "file-text";

    /// <summary>Why a file goes out to nobody; null when it does.</summary>
    public static string? Held(FileCheck check) => check switch { FileCheck.Waiting => UiTexts.FileWaits, FileCheck.Quarantined => UiTexts.FileQuarantined, _ => null };

    /// <summary>An answer to « accessible ? » in a word.</summary>
    public static string Answer(Accessibility answer) => answer switch { Accessibility.Yes => T.Yes, Accessibility.No => T.No, _ => T.Unknown };

    /// <summary>The answers to choose from.</summary>
    public static IReadOnlyList<Choice> Answers =>
    [
        new(nameof(Accessibility.Unknown), T.AccessibleUnknown),
        new(nameof(Accessibility.Yes), T.AccessibleYes, T.AccessibleYesHint),
        new(nameof(Accessibility.No), T.AccessibleNo),
    ];

    /// <summary>The folders to choose from, the top among them.</summary>
    public static IReadOnlyList<Choice> Places(IEnumerable<(string ShortId, string Path)> folders) => [new("", T.Top), .. folders.Select(f => new Choice(f.ShortId, f.Path))];

    /// <summary>How large a file may be, in words: sent piece by piece, or with the form where the browser runs no script.</summary>
    public static string Largest(FileStoreOptions options) => T.LargestFile.With(AttachmentList.Size(options.MaxUploadLength), AttachmentList.Size(options.MaxLength));

    /// <summary>The place that is taken, in words.</summary>
    public static string Place(QuotaView quota) => T.QuotaWords.With(AttachmentList.Size(quota.Used), AttachmentList.Size(quota.Most), AttachmentList.Size(quota.Left));

    /// <summary>What stands in a folder, in words.</summary>
    public static string Inside(FolderRow row) => Inside(row.Folders, row.Files);

    /// <inheritdoc cref="Inside(FolderRow)"/>
    public static string Inside(int folders, int files) => string.Join(", ", new[]
    {
        folders switch { 0 => null, 1 => T.OneFolder, var n => T.SomeFolders.With(n) },
        files switch { 0 => folders == 0 ? T.FolderEmpty : null, 1 => T.OneFile, var n => T.SomeFiles.With(n) },
    }.OfType<string>());
}
