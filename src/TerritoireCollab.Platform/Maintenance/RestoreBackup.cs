using System.IO.Compression;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Platform.Maintenance;

/// <summary>
/// Puts a backup into an empty installation, whatever its database. Everything in the archive is checked before anything is written, and
/// the database is filled in one transaction.
/// </summary>
public sealed class RestoreBackup(AppDb database, DatabaseOptions options, FileStore files, PlatformOptions platform, TimeProvider clock)
{
    private const int Batch = 1_000;

    // A server that was started once has written these; they are replaced.
    private static readonly string[] Replaceable = ["Settings", "SecurityEvents"];

    /// <summary>Reads the manifest, and checks that this version can restore the archive and that every entry is whole. Writes nothing.</summary>
    /// <exception cref="MaintenanceException">Not a backup, of another format, newer, damaged, or the database holds accounts.</exception>
    public async Task<BackupManifest> CheckAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path)) throw new MaintenanceException(MaintenanceTexts.NoBackupFile.With(path));

        await using var db = database.Open(Viewer.System);
        using var archive = Open(path);
        var manifest = await ManifestAsync(archive, cancellation);
        if (manifest.Format != BackupManifest.CurrentFormat) throw new MaintenanceException(MaintenanceTexts.BackupFormatUnknown.With(manifest.Format));
        if (IsNewer(manifest, db)) throw new MaintenanceException(MaintenanceTexts.BackupNewer.With(manifest.Version));

        foreach (var (entry, hash) in manifest.Tables.Select(t => (t.Entry, t.Sha256)).Concat(manifest.Files.Concat(manifest.Keys).Select(f => (f.Entry, f.Sha256))))
            if (!await IsWholeAsync(archive, entry, hash, cancellation)) throw new MaintenanceException(MaintenanceTexts.BackupDamaged.With(entry));

        await DemandNoMemberAsync(db, cancellation);
        return manifest;
    }

    /// <summary>Restores the archive of <paramref name="manifest"/> into a database that has the schema of this version.</summary>
    /// <exception cref="MaintenanceException">A table is not empty: nothing was written.</exception>
    public async Task ExecuteAsync(string path, BackupManifest manifest, CancellationToken cancellation)
    {
        using var archive = Open(path);
        await using var db = database.Open(Viewer.System);
        foreach (var table in Table.InOrder(db).Where(t => !Replaceable.Contains(t.Name)))
            if (!await table.IsEmptyAsync(db, cancellation)) throw new MaintenanceException(MaintenanceTexts.NotEmpty.With(table.Name));

        foreach (var file in manifest.Files)
        {
            await using var content = await archive.GetEntry(file.Entry)!.OpenAsync(cancellation);
            await files.PutBackAsync(file.Sha256, content, cancellation);
        }

        await db.Database.CreateExecutionStrategy().ExecuteAsync(token => FillAsync(archive, manifest, token), cancellation);
        if (options.Provider == DatabaseProvider.Sqlite) await PutKeysIntoFolderAsync(archive, manifest, cancellation);
        else await PutKeysIntoDatabaseAsync(archive, manifest, cancellation);
    }

    // Where the keys stand depends on the database (ProtectionKeys): they go where this one looks for them, wherever they came from.
    private async Task PutKeysIntoFolderAsync(ZipArchive archive, BackupManifest manifest, CancellationToken cancellation)
    {
        var folder = Path.Combine(platform.DataDirectory, "keys");
        foreach (var key in manifest.Keys) await UnpackAsync(archive, key, Path.Combine(folder, Path.GetFileName(key.Entry)), cancellation);
    }

    private async Task PutKeysIntoDatabaseAsync(ZipArchive archive, BackupManifest manifest, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var there = await db.ProtectionKeys.Select(k => k.Name).ToListAsync(cancellation);
        foreach (var key in manifest.Keys.Where(k => !there.Contains(Path.GetFileNameWithoutExtension(k.Entry))))
        {
            await using var entry = await archive.GetEntry(key.Entry)!.OpenAsync(cancellation);
            using var text = new StreamReader(entry);
            db.ProtectionKeys.Add(new ProtectionKey { Name = Path.GetFileNameWithoutExtension(key.Entry), Xml = await text.ReadToEndAsync(cancellation), CreatedAt = manifest.CreatedAt });
        }

        await db.SaveChangesAsync(cancellation);
    }

    private async Task FillAsync(ZipArchive archive, BackupManifest manifest, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        db.Database.AutoSavepointsEnabled = false;
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Settings.ExecuteDeleteAsync(cancellation);
        await db.SecurityEvents.ExecuteDeleteAsync(cancellation);

        var dumps = manifest.Tables.ToDictionary(t => t.Name);
        foreach (var table in Table.InOrder(db).Where(t => dumps.ContainsKey(t.Name)))
        {
            await using var entry = await archive.GetEntry(dumps[table.Name].Entry)!.OpenAsync(cancellation);
            using var lines = new StreamReader(entry);
            for (var read = 1; await lines.ReadLineAsync(cancellation) is { } line; read++)
            {
                db.Add(table.Parse(line));
                if (read % Batch == 0) await SaveAsync(db, cancellation);
            }

            await SaveAsync(db, cancellation);
        }

        // What waited when the backup was made may have left since.
        await MailHold.HoldAsync(db, clock.GetUtcNow().UtcDateTime, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task SaveAsync(AppDbContext db, CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        db.ChangeTracker.Clear();
    }

    private static ZipArchive Open(string path)
    {
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (InvalidDataException)
        {
            throw new MaintenanceException(MaintenanceTexts.NotABackup);
        }
    }

    private static async Task<BackupManifest> ManifestAsync(ZipArchive archive, CancellationToken cancellation)
    {
        try
        {
            if (archive.GetEntry(BackupManifest.EntryName) is not { } entry) throw new MaintenanceException(MaintenanceTexts.NotABackup);

            await using var stream = await entry.OpenAsync(cancellation);
            using var json = await JsonDocument.ParseAsync(stream, cancellationToken: cancellation);
            // A later format may have other fields: the number comes first.
            if (!json.RootElement.TryGetProperty("format", out var format) || !format.TryGetInt32(out var number)) throw new MaintenanceException(MaintenanceTexts.NotABackup);
            if (number != BackupManifest.CurrentFormat) throw new MaintenanceException(MaintenanceTexts.BackupFormatUnknown.With(number));
            return json.Deserialize<BackupManifest>(BackupManifest.Json) ?? throw new MaintenanceException(MaintenanceTexts.NotABackup);
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException)
        {
            throw new MaintenanceException(MaintenanceTexts.NotABackup);
        }
    }

    // Migrations have other names for each provider; tables and columns have the same.
    private bool IsNewer(BackupManifest manifest, AppDbContext db)
    {
        if (manifest.Provider == options.Provider.ToString() && manifest.Migrations.Except(db.Database.GetMigrations()).Any()) return true;

        var known = Table.InOrder(db).ToDictionary(t => t.Name, t => t.Columns);
        return manifest.Tables.Any(t => !known.TryGetValue(t.Name, out var columns) || t.Columns.Except(columns).Any());
    }

    private static async Task<bool> IsWholeAsync(ZipArchive archive, string name, string hash, CancellationToken cancellation)
    {
        if (archive.GetEntry(name) is not { } entry) return false;
        try
        {
            await using var stream = await entry.OpenAsync(cancellation);
            return await Checksums.OfAsync(stream, cancellation) == hash;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static async Task DemandNoMemberAsync(AppDbContext db, CancellationToken cancellation)
    {
        if (!await db.Database.CanConnectAsync(cancellation) || !(await db.Database.GetAppliedMigrationsAsync(cancellation)).Any()) return;
        if (await db.Members.AnyAsync(cancellation)) throw new MaintenanceException(MaintenanceTexts.NotEmpty.With("Members"));
    }

    private static async Task UnpackAsync(ZipArchive archive, BackupFile file, string place, CancellationToken cancellation)
    {
        if (File.Exists(place)) return;

        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        var unfinished = place + ".part";
        await using (var target = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        await using (var source = await archive.GetEntry(file.Entry)!.OpenAsync(cancellation))
            await source.CopyToAsync(target, cancellation);
        File.Move(unfinished, place, overwrite: true);
    }
}
