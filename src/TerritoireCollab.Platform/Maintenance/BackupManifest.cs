using System.Text.Json;

namespace TerritoireCollab.Platform.Maintenance;

/// <summary>What a backup holds: the last entry of the archive, <c>manifest.json</c>.</summary>
public sealed record BackupManifest
{
    /// <summary>The format that this version writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Name of the entry.</summary>
    public const string EntryName = "manifest.json";

    /// <summary>Format of the archive.</summary>
    public required int Format { get; init; }
    /// <summary>Name of the product.</summary>
    public required string Product { get; init; }
    /// <summary>Version that wrote it.</summary>
    public required string Version { get; init; }
    /// <summary>When the instant of the backup was.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>The database it came from.</summary>
    public required string Provider { get; init; }
    /// <summary>Migrations applied to that database.</summary>
    public required IReadOnlyList<string> Migrations { get; init; }
    /// <summary>Tables, in an order in which they can be filled.</summary>
    public required IReadOnlyList<BackupTable> Tables { get; init; }
    /// <summary>Files of the store.</summary>
    public required IReadOnlyList<BackupFile> Files { get; init; }
    /// <summary>Keys that protect cookies and forms.</summary>
    public required IReadOnlyList<BackupFile> Keys { get; init; }

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
}

/// <summary>A table in the archive: one JSON object a line.</summary>
/// <param name="Name">Name of the table.</param>
/// <param name="Entry">Entry of the archive.</param>
/// <param name="Columns">Properties written, in order.</param>
/// <param name="Rows">Number of lines.</param>
/// <param name="Sha256">Hash of the entry, in hexadecimal.</param>
public sealed record BackupTable(string Name, string Entry, IReadOnlyList<string> Columns, int Rows, string Sha256);

/// <summary>A file in the archive.</summary>
/// <param name="Entry">Entry of the archive.</param>
/// <param name="Length">Size in bytes.</param>
/// <param name="Sha256">Hash of the entry, in hexadecimal.</param>
public sealed record BackupFile(string Entry, long Length, string Sha256);

/// <summary>A backup, a restore or a check is refused. The message is a sentence that says why.</summary>
public sealed class MaintenanceException(string message) : Exception(message);
