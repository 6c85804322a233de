using Microsoft.EntityFrameworkCore.ValueGeneration;
using TerritoireCollab.Calendar;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Search;

namespace TerritoireCollab.Platform.Modules.Demo;

/// <summary>What the seeds of the demo territory work with.</summary>
public sealed class DemoContext
{
    private const int DocumentsInBatch = 4_000;

    private readonly List<SearchDocument> _documents = [];

    private static readonly SequentialGuidValueGenerator SqlServerKeys = new();

    /// <summary>The database.</summary>
    public required AppDb Database { get; init; }
    /// <summary>Which one.</summary>
    public required DatabaseProvider Provider { get; init; }
    /// <summary>The file store.</summary>
    public required FileStore Files { get; init; }
    /// <summary>What the rooms declare.</summary>
    public required ModuleCatalog Modules { get; init; }
    /// <summary>Texts.</summary>
    public required DemoTexts Texts { get; init; }
    /// <summary>Sentences for loads above scale 1.</summary>
    public required DemoPhrases Phrases { get; init; }
    /// <summary>Where every draw begins: fork it by a name of your own.</summary>
    public required DemoRandom Random { get; init; }
    /// <summary>How many times the figures of the demo territory.</summary>
    public required int Scale { get; init; }
    /// <summary>The day of seeding.</summary>
    public required DateOnly Today { get; init; }
    /// <summary>Time zone of the hours in texts.</summary>
    public required TimeZoneInfo TimeZone { get; init; }
    /// <summary>Everybody.</summary>
    public required IReadOnlyList<DemoMember> Members { get; init; }
    /// <summary>Every group.</summary>
    public required IReadOnlyList<DemoGroup> Groups { get; init; }
    /// <summary>News for the demo accounts, gathered while contents are published.</summary>
    public DemoNews News { get; } = new();
    /// <summary>Keys of the rows of stored files, by hash: the same bytes have one row.</summary>
    internal Dictionary<string, Guid> StoredFiles { get; } = [];

    /// <summary>A new key in the order that suits the database.</summary>
    public Guid NewKey() => Provider == DatabaseProvider.SqlServer ? SqlServerKeys.Next(null!) : Guid.CreateVersion7();

    /// <summary>That hour, <paramref name="daysAgo"/> days before the day of seeding, in UTC. A negative number is in the future.</summary>
    public DateTime At(int daysAgo, int hour, int minute) => ZoneClock.ToUtc(Today.AddDays(-daysAgo).ToDateTime(new TimeOnly(hour, minute)), TimeZone);

    /// <summary><paramref name="moment"/>, or the beginning of the day of seeding where it would come after.</summary>
    public DateTime Past(DateTime moment) => moment < At(0, 0, 0) ? moment : At(0, 0, 0);

    /// <summary>Stores a file, and returns the key of its row.</summary>
    public async Task<Guid> StoreAsync(DemoFile file, DateTime at, CancellationToken cancellation)
    {
        var added = await StoreNewAsync([file], at, cancellation);
        if (added.Count > 0) await InsertAsync(added, cancellation);
        return StoredFiles[file.Sha256];
    }

    /// <summary>Publishes contents: see <see cref="DemoPublisher"/>.</summary>
    public Task PublishAsync(IEnumerable<DemoPost> posts, DemoPublisher.ToolRows rows, CancellationToken cancellation) =>
        new DemoPublisher(this).PublishAsync(posts, rows, cancellation);

    /// <summary>Stores the files that were not yet, and returns their rows for the caller to insert.</summary>
    internal async Task<List<object>> StoreNewAsync(IEnumerable<DemoFile> files, DateTime at, CancellationToken cancellation)
    {
        var added = new List<object>();
        foreach (var file in files.Where(f => !StoredFiles.ContainsKey(f.Sha256)))
        {
            using var bytes = new MemoryStream(file.Bytes, writable: false);
            var stored = await Files.AddAsync(bytes, file.Name, cancellation);
            var row = new StoredFile { Id = NewKey(), Sha256 = stored.Sha256, Length = stored.Length, ContentType = stored.ContentType, CreatedAt = at };
            StoredFiles.Add(stored.Sha256, row.Id);
            added.Add(row);
        }

        return added;
    }

    /// <summary>Keeps a search document for the end: the index gives the newest rows first, so they go in by order of date.</summary>
    public void Index(SearchDocument document)
    {
        lock (_documents) _documents.Add(document);
    }

    /// <summary>Inserts the search documents, the oldest first, and the notifications of the demo accounts.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        foreach (var batch in _documents.OrderBy(d => d.At).ThenBy(d => d.CommentNumber ?? 0).ThenBy(d => d.Title, StringComparer.Ordinal).Chunk(DocumentsInBatch)) await InsertAsync(batch, cancellation);
        await InsertAsync(News.Rows(this), cancellation);
    }

    /// <summary>Changes what was inserted, once all of it is there, and saves.</summary>
    public async Task ChangeAsync(Func<AppDbContext, Task> change, CancellationToken cancellation)
    {
        await using var db = Database.Open(Viewer.System);
        await change(db);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Inserts <paramref name="rows"/> in one transaction.</summary>
    public async Task InsertAsync(IEnumerable<object> rows, CancellationToken cancellation)
    {
        await using var db = Database.Open(Viewer.System);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        db.AddRange(rows);
        await db.SaveChangesAsync(cancellation);
    }
}
