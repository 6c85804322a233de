using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Platform.Maintenance;

/// <summary>What a backup wrote.</summary>
/// <param name="Manifest">Its manifest.</param>
/// <param name="MissingFiles">Files that the database knows and the store has not, or not whole.</param>
public sealed record BackupResult(BackupManifest Manifest, IReadOnlyList<string> MissingFiles);

/// <summary>
/// Writes database, files and keys into one archive while members go on working: the database as of one instant, then the files it
/// names, which never change once stored. The archive appears under its name only when it is whole.
/// </summary>
public sealed class WriteBackup(AppDb database, DatabaseOptions options, FileStore files, PlatformOptions platform, TimeProvider clock)
{
    private static readonly JsonWriterOptions Lines = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes the archive <paramref name="path"/>.</summary>
    /// <exception cref="MaintenanceException">The file exists, the database is out of reach or has not the schema of this version.</exception>
    public async Task<BackupResult> ExecuteAsync(string path, CancellationToken cancellation)
    {
        if (File.Exists(path)) throw new MaintenanceException(MaintenanceTexts.BackupExists.With(path));

        var migrations = await MigrationsAsync(cancellation);
        var unfinished = path + ".part";
        try
        {
            await using var db = database.Open(Viewer.System);
            var result = await db.Database.CreateExecutionStrategy().ExecuteAsync(token => WriteAsync(unfinished, migrations, token), cancellation);
            File.Move(unfinished, path);
            return result;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private async Task<IReadOnlyList<string>> MigrationsAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        if (!await db.Database.CanConnectAsync(cancellation)) throw new MaintenanceException(MaintenanceTexts.NoDatabase);

        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellation)).ToList();
        return applied.SequenceEqual(db.Database.GetMigrations()) ? applied : throw new MaintenanceException(MaintenanceTexts.SchemaNotCurrent);
    }

    private async Task<BackupResult> WriteAsync(string path, IReadOnlyList<string> migrations, CancellationToken cancellation)
    {
        await using var output = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        using var archive = new ZipArchive(output, ZipArchiveMode.Create);
        await using var db = database.Open(Viewer.System);
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));

        var at = clock.GetUtcNow().UtcDateTime;
        var tables = new List<BackupTable>();
        var hashes = new List<string>();
        await using (await db.BeginSnapshotAsync(options.Provider, cancellation))
        {
            foreach (var table in Table.InOrder(db)) tables.Add(await DumpAsync(archive, db, table, cancellation));
            hashes.AddRange(await db.Files.OrderBy(f => f.Sha256).Select(f => f.Sha256).ToListAsync(cancellation));
        }

        var missing = new List<string>();
        var manifest = new BackupManifest
        {
            Format = BackupManifest.CurrentFormat,
            Product = "TerritoireCollab",
            Version = typeof(WriteBackup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0",
            CreatedAt = at,
            Provider = options.Provider.ToString(),
            Migrations = migrations,
            Tables = tables,
            Files = await CopyFilesAsync(archive, hashes, missing, cancellation),
            Keys = await CopyKeysAsync(archive, db, cancellation),
        };
        await using var entry = await archive.CreateEntry(BackupManifest.EntryName).OpenAsync(cancellation);
        await JsonSerializer.SerializeAsync(entry, manifest, BackupManifest.Json, cancellation);
        return new BackupResult(manifest, missing);
    }

    private static async Task<BackupTable> DumpAsync(ZipArchive archive, AppDbContext db, Table table, CancellationToken cancellation)
    {
        var name = $"data/{table.Name}.jsonl";
        var rows = 0;
        string hash;
        await using (var entry = await archive.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellation))
        {
            using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var line = new MemoryStream();
            await using var json = new Utf8JsonWriter(line, Lines);
            await foreach (var row in table.Rows(db).WithCancellation(cancellation))
            {
                line.SetLength(0);
                json.Reset();
                table.Write(json, row);
                await json.FlushAsync(cancellation);
                line.WriteByte((byte)'\n');
                var bytes = line.GetBuffer().AsMemory(0, (int)line.Length);
                sha.AppendData(bytes.Span);
                await entry.WriteAsync(bytes, cancellation);
                rows++;
            }

            hash = Convert.ToHexStringLower(sha.GetHashAndReset());
        }

        return new BackupTable(table.Name, name, table.Columns, rows, hash);
    }

    private async Task<IReadOnlyList<BackupFile>> CopyFilesAsync(ZipArchive archive, List<string> hashes, List<string> missing, CancellationToken cancellation)
    {
        var copied = new List<BackupFile>(hashes.Count);
        foreach (var hash in hashes)
        {
            if (!await IsWholeAsync(hash, cancellation) || await files.OpenKeptAsync(hash, cancellation) is not { } content)
            {
                missing.Add(hash);
                continue;
            }

            copied.Add(await CopyAsync(archive, content, "files/" + hash, cancellation));
        }

        return copied;
    }

    private async Task<bool> IsWholeAsync(string hash, CancellationToken cancellation)
    {
        await using var content = await files.OpenKeptAsync(hash, cancellation);
        return content is not null && await Checksums.OfAsync(content, cancellation) == hash;
    }

    private async Task<IReadOnlyList<BackupFile>> CopyKeysAsync(ZipArchive archive, AppDbContext db, CancellationToken cancellation)
    {
        var copied = new List<BackupFile>();
        if (options.Provider != DatabaseProvider.Sqlite)
        {
            // With the mark that the framework puts at the head of its files.
            foreach (var key in await db.ProtectionKeys.OrderBy(k => k.Name).ToListAsync(cancellation))
                copied.Add(await CopyAsync(archive, new MemoryStream([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(key.Xml)]), $"keys/{key.Name}.xml", cancellation));
            return copied;
        }

        var folder = Path.Combine(platform.DataDirectory, "keys");
        if (!Directory.Exists(folder)) return copied;

        foreach (var key in Directory.EnumerateFiles(folder, "*.xml").Order(StringComparer.Ordinal))
            copied.Add(await CopyAsync(archive, File.OpenRead(key), "keys/" + Path.GetFileName(key), cancellation));
        return copied;
    }

    private static async Task<BackupFile> CopyAsync(ZipArchive archive, Stream source, string name, CancellationToken cancellation)
    {
        await using var _ = source;
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = 0L;
        await using (var entry = await archive.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellation))
        {
            var buffer = new byte[81_920];
            for (int read; (read = await source.ReadAsync(buffer, cancellation)) > 0; length += read)
            {
                sha.AppendData(buffer, 0, read);
                await entry.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
        }

        return new BackupFile(name, length, Convert.ToHexStringLower(sha.GetHashAndReset()));
    }
}

/// <summary>SHA-256 of files.</summary>
internal static class Checksums
{
    public static async Task<string> OfAsync(Stream stream, CancellationToken cancellation) => Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
}
