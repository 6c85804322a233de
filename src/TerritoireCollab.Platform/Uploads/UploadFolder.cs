using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Platform.Uploads;

/// <summary>Another request is adding to the same upload.</summary>
public sealed class UploadBusyException() : Exception("The upload is being written.");

/// <summary>The pieces of uploads on disk: one file each, under its key.</summary>
public sealed class UploadFolder(FileStoreOptions options)
{
    // EWOULDBLOCK, as flock answers, and what the framework makes of it elsewhere.
    private static readonly int[] Shared = [11, unchecked((int)0x80070020)];

    /// <summary>Begins an empty file.</summary>
    public void Begin(Guid id)
    {
        Directory.CreateDirectory(options.UploadFolder);
        using var file = new FileStream(PathOf(id), FileMode.CreateNew, FileAccess.Write);
    }

    /// <summary>How many bytes came; null when the file is not there.</summary>
    public long? LengthOf(Guid id) => new FileInfo(PathOf(id)) is { Exists: true } file ? file.Length : null;

    /// <summary>Opens the file for one request alone; null when it is not there.</summary>
    /// <exception cref="UploadBusyException">Another has it.</exception>
    public FileStream? Open(Guid id)
    {
        try
        {
            return new FileStream(PathOf(id), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (IOException failure) when (Shared.Contains(failure.HResult))
        {
            throw new UploadBusyException();
        }
    }

    /// <summary>A file beside, for a piece that is checked before it counts; it goes when it is closed.</summary>
    public FileStream Beside(Guid id) => new(PathOf(id) + ".piece", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous | FileOptions.DeleteOnClose);

    /// <summary>Erases the file, if it is there.</summary>
    public void Erase(Guid id)
    {
        if (Directory.Exists(options.UploadFolder)) File.Delete(PathOf(id));
    }

    /// <summary>Erases what was last written before <paramref name="before"/> and belongs to none of the uploads that are known.</summary>
    public int EraseStray(IReadOnlySet<Guid> known, DateTime before)
    {
        if (!Directory.Exists(options.UploadFolder)) return 0;

        var stray = new DirectoryInfo(options.UploadFolder).EnumerateFiles().Where(f => f.LastWriteTimeUtc < before && !(Guid.TryParseExact(f.Name, "N", out var id) && known.Contains(id))).ToList();
        stray.ForEach(f => f.Delete());
        return stray.Count;
    }

    private string PathOf(Guid id) => Path.Combine(options.UploadFolder, id.ToString("N"));
}
