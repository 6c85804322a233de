using System.Runtime.CompilerServices;

namespace TerritoireCollab.Platform.Files;

/// <summary>Bytes in a folder, outside what the web server serves. Names given by people are never used as paths.</summary>
public sealed class FolderStore(FileStoreOptions options, TimeProvider clock) : IFileStore
{
    private const int HashLength = 64;

    /// <inheritdoc />
    public Task PutAsync(string sha256, FileStream file, CancellationToken cancellation)
    {
        var place = PathOf(sha256);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        // A rename is atomic, and the file that is open stays the same.
        File.Move(file.Name, place, overwrite: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<Stream?> OpenAsync(string sha256, CancellationToken cancellation)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(PathOf(sha256), new FileStreamOptions
            {
                Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            }));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    /// <inheritdoc />
    public Task<DateTime?> SentAtAsync(string sha256, CancellationToken cancellation)
    {
        var place = PathOf(sha256);
        return Task.FromResult<DateTime?>(File.Exists(place) ? File.GetLastWriteTimeUtc(place) : null);
    }

    /// <inheritdoc />
    public Task TouchAsync(string sha256, CancellationToken cancellation)
    {
        File.SetLastWriteTimeUtc(PathOf(sha256), clock.GetUtcNow().UtcDateTime);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task EraseAsync(string sha256, CancellationToken cancellation)
    {
        var place = PathOf(sha256);
        if (File.Exists(place)) File.Delete(place);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<KeptBytes> AllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        if (!Directory.Exists(options.Folder)) yield break;

        foreach (var file in new DirectoryInfo(options.Folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(f => f.Name.Length == HashLength))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new(file.Name, file.LastWriteTimeUtc);
        }
    }

    private string PathOf(string sha256) => Path.Combine(options.Folder, sha256[..2], sha256[2..4], sha256);
}
