using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Files;

/// <summary>
/// Erases files that nothing names any more: attachments of what was purged, pictures that were replaced. A module declares that it names
/// files by a foreign key to <see cref="StoredFile"/> in its model, and by nothing else; what its key takes away with the file does not name it.
/// </summary>
public sealed class ForgottenFiles(FileStore store, TimeProvider clock)
{
    // A file is stored before the row that names it is written.
    private static readonly TimeSpan Sending = TimeSpan.FromDays(1);

    private static readonly string[] WithTrash = [AppDbContext.DeletedFilter];

    private static readonly MethodInfo NamesMethod = typeof(ForgottenFiles).GetMethod(nameof(Names), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Erases them, rows and bytes.</summary>
    /// <param name="db">The database, for the system.</param>
    /// <param name="cancellation">Stops between two files.</param>
    /// <returns>How many were erased.</returns>
    public async Task<int> EraseAsync(AppDbContext db, CancellationToken cancellation)
    {
        var before = clock.GetUtcNow().UtcDateTime - Sending;
        var named = new HashSet<Guid>();
        foreach (var (type, column) in Columns(db.Model))
            await foreach (var id in ((IQueryable<Guid?>)NamesMethod.MakeGenericMethod(type).Invoke(null, [db, column])!).AsAsyncEnumerable().WithCancellation(cancellation)) named.Add(id!.Value);

        named.UnionWith(await OfMailsAsync(db, cancellation));
        var erased = 0;
        foreach (var row in await db.Files.Where(f => f.CreatedAt < before).Select(f => new { f.Id, f.Sha256 }).ToListAsync(cancellation))
        {
            if (named.Contains(row.Id) || await store.SentAtAsync(row.Sha256, cancellation) >= before || !await TryEraseAsync(db, row.Id, cancellation)) continue;

            await store.EraseAsync(row.Sha256, cancellation);
            erased++;
        }

        return erased + await EraseStrayAsync(db, before, cancellation) + store.EraseUnfinished(before);
    }

    /// <summary>Entities and columns that name files: every foreign key to them that does not cascade, and the columns of the platform that have none.</summary>
    private static IEnumerable<(Type Type, string Column)> Columns(IModel model) =>
        model.GetEntityTypes().SelectMany(t => t.GetForeignKeys().Where(k => k.PrincipalEntityType.ClrType == typeof(StoredFile) && k.DeleteBehavior != DeleteBehavior.Cascade).Select(k => (t.ClrType, k.Properties[0].Name)))
            .Append((typeof(Member), nameof(Member.PhotoFileId))).Append((typeof(Group), nameof(Group.CoverFileId))).Append((typeof(Group), nameof(Group.LogoFileId)));

    private static IQueryable<Guid?> Names<T>(AppDbContext db, string column) where T : class =>
        db.Set<T>().IgnoreQueryFilters(WithTrash).Select(r => EF.Property<Guid?>(r, column)).Where(id => id != null).Distinct();

    // A mail names the files that go with it in a text: what is given back to somebody hangs on nothing else, and waits as long as its mail.
    private static async Task<IEnumerable<Guid>> OfMailsAsync(AppDbContext db, CancellationToken cancellation)
    {
        var lists = await db.Mails.Where(m => m.Files != null && m.State != MailState.Sent && m.State != MailState.Dropped).Select(m => m.Files!).ToListAsync(cancellation);
        return lists.SelectMany(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(f => Guid.TryParse(f, out var id) ? id : Guid.Empty);
    }

    // Named at this very moment: the key says so.
    private static async Task<bool> TryEraseAsync(AppDbContext db, Guid id, CancellationToken cancellation)
    {
        try
        {
            return await db.Files.Where(f => f.Id == id).ExecuteDeleteAsync(cancellation) > 0;
        }
        catch (DbException)
        {
            return false;
        }
    }

    // Bytes without a row: of a form that was refused, of a process that ended.
    private async Task<int> EraseStrayAsync(AppDbContext db, DateTime before, CancellationToken cancellation)
    {
        var known = (await db.Files.Select(f => f.Sha256).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        var stray = await store.AllAsync(cancellation).Where(f => !known.Contains(f.Sha256) && f.SentAt < before).ToListAsync(cancellation);
        foreach (var file in stray) await store.EraseAsync(file.Sha256, cancellation);
        return stray.Count;
    }
}
