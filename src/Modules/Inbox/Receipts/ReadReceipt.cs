using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Inbox.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Inbox.Receipts;

/// <summary>What became of a content on its way to a member.</summary>
public enum ReceiptState
{
    /// <summary>Its mail was taken in by the member's server.</summary>
    Sent = 0,
    /// <summary>It stood in a summary that was taken in.</summary>
    InDigest = 1,
    /// <summary>It came back, or was refused.</summary>
    Returned = 2,
    /// <summary>It has not left yet.</summary>
    Waiting = 3,
    /// <summary>No mail tells the member of it.</summary>
    NoMail = 4,
}

/// <summary>One member's line.</summary>
/// <param name="Name">Name.</param>
/// <param name="Handle">Handle.</param>
/// <param name="State">What became of it.</param>
/// <param name="Detail">In words: when, why.</param>
/// <param name="IsToPhone">Whether nothing but a call reaches the person.</param>
/// <param name="Phone">Telephone number, when the members of the group may see it.</param>
public sealed record ReceiptLine(string Name, string Handle, ReceiptState State, string Detail, bool IsToPhone, string? Phone);

/// <summary>People without an account who get a revue: their number, and nothing of who they are.</summary>
/// <param name="Sent">Taken in by their servers.</param>
/// <param name="Returned">Came back, or refused.</param>
/// <param name="Waiting">Not left yet.</param>
public sealed record ReceiptOfReaders(int Sent, int Returned, int Waiting);

/// <summary>Who got a content by mail, for those who animate its group.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Item">The content.</param>
/// <param name="Address">Where it is read, from the root.</param>
/// <param name="Lines">One a member, by name.</param>
/// <param name="Readers">Readers without an account, when the content goes to any.</param>
public sealed record ReceiptView(Standing Standing, ContentItem Item, string Address, IReadOnlyList<ReceiptLine> Lines, ReceiptOfReaders? Readers)
{
    /// <summary>The lines of a state.</summary>
    public IReadOnlyList<ReceiptLine> Of(ReceiptState state) => [.. Lines.Where(l => l.State == state)];

    /// <summary>Those whom only a call reaches.</summary>
    public IReadOnlyList<ReceiptLine> ToPhone => [.. Lines.Where(l => l.IsToPhone)];
}

/// <summary>
/// Says of each member of the group whether a content reached them, out of what servers answered: mails, summaries, what came back. Whether a mail
/// was opened nobody knows, and whether the content was read on the site is the member's own affair.
/// </summary>
internal sealed class ReadReceipt(AppDb database, Rights rights, MailReach reach, UrgentContents urgent, Faces faces, Dates dates, TimeProvider clock)
{
    // Of several posts in one mail the numbers stand in a field, that of the content itself first.
    private const string WithContent = "X-Territoire-Messages: 0";

    private static readonly TimeSpan Soon = TimeSpan.FromHours(1);

    /// <summary>The receipt.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    /// <exception cref="ForbiddenException">Not an animator of its group.</exception>
    public async Task<ReceiptView> ExecuteAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (item, standing) = await rights.RequireItemAsync(db, GroupPermissions.SeeReceipts, shortId, cancellation);
        var members = await reach.OfGroupAsync(db, item.GroupId, item.AuthorId, await urgent.IsUrgentAsync(db, item, cancellation), cancellation);
        var sent = await SentAsync(db, item, cancellation);
        var summaries = await db.Digests.Where(d => d.Until >= item.CreatedAt).Select(d => d.MemberId).Distinct().ToHashSetAsync(cancellation);
        var lines = members.Select(m => Line(item, m, sent.GetValueOrDefault(m.MemberId), summaries.Contains(m.MemberId))).ToList();
        return new(standing, item, faces.Address(standing.Slug, item), lines, await ReadersAsync(db, item, cancellation));
    }

    /// <summary>The receipt as a table, one line a member.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public async Task<byte[]> ExportAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        var view = await ExecuteAsync(viewer, shortId, cancellation);
        var text = new CsvText().Line(InboxTexts.ReceiptName, InboxTexts.ReceiptState, InboxTexts.ReceiptDetail, InboxTexts.ReceiptToPhone);
        foreach (var line in view.Lines) text.Line(line.Name, ReceiptWords.Of(line.State), line.Detail, line.IsToPhone ? InboxTexts.Yes : "");
        return text.ToBytes();
    }

    // What was sent to each member of it: its own mail, else the summary it stood in.
    private static async Task<Dictionary<Guid, Sending>> SentAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        var mails = await db.Mails.AsNoTracking().Where(m => m.ItemId == item.Id && m.MemberId != null && (m.Kind == ActivityKinds.ItemCreated || m.Headers.Contains(WithContent)))
            .OrderBy(m => m.CreatedAt).Select(m => new Sending(m.MemberId!.Value, m.Id, m.State, m.SentAt, m.LastError, false)).ToListAsync(cancellation);
        var digests = await (
            from l in db.DigestLines.AsNoTracking()
            where l.ItemId == item.Id && l.Digest.MailId != null
            join m in db.Mails on l.Digest.MailId equals m.Id
            orderby m.CreatedAt
            select new Sending(l.Digest.MemberId, m.Id, m.State, m.SentAt, m.LastError, true)).ToListAsync(cancellation);
        var all = mails.Concat(digests).ToList();
        var ids = all.ConvertAll(s => s.MailId);
        var bounces = await db.Bounces.AsNoTracking().Where(b => b.MailId != null && ids.Contains(b.MailId.Value) && b.Kind != BounceKind.AutoReply).OrderBy(b => b.At).ToListAsync(cancellation);
        var returned = bounces.GroupBy(b => b.MailId!.Value).ToDictionary(g => g.Key, g => g.Last());

        // What got through counts, whatever else was tried.
        return all.Select(s => s with { Bounce = returned.GetValueOrDefault(s.MailId) }).GroupBy(s => s.MemberId)
            .ToDictionary(g => g.Key, g => g.OrderBy(s => s.Rank).First());
    }

    private ReceiptLine Line(ContentItem item, ReachedMember member, Sending? sending, bool hadSummary)
    {
        var (state, detail) = sending switch
        {
            { Bounce: { } bounce } => (ReceiptState.Returned, InboxTexts.ReceiptReturned.With(BounceWords.Of(bounce), On(bounce.At))),
            { State: MailState.Failed } => (ReceiptState.Returned, InboxTexts.ReceiptRefused.With(BounceWords.Of(CodeIn(sending.LastError), sending.LastError))),
            { State: MailState.Sent, IsDigest: true } => (ReceiptState.InDigest, InboxTexts.ReceiptDigest.With(On(sending.SentAt!.Value))),
            { State: MailState.Sent } => (ReceiptState.Sent, InboxTexts.ReceiptSent.With(dates.Exact(sending.SentAt!.Value))),
            { State: not MailState.Dropped } => (ReceiptState.Waiting, sending.IsDigest ? InboxTexts.ReceiptDigestWaits : InboxTexts.ReceiptWaits),
            _ => Unsent(item, member, sending is not null, hadSummary),
        };
        return new(member.Name, member.Handle, state, detail, state == ReceiptState.Returned || member.Standing is not null, member.Phone);
    }

    private (ReceiptState State, string Detail) Unsent(ContentItem item, ReachedMember member, bool isDropped, bool hadSummary)
    {
        if (member.Since > item.CreatedAt) return (ReceiptState.NoMail, InboxTexts.ReceiptCameLater.With(On(member.Since)));

        var now = clock.GetUtcNow().UtcDateTime;
        return member.Reach switch
        {
            Reach.NoAddress => (ReceiptState.NoMail, member.Standing is { } standing ? InboxTexts.ReceiptNoAddress.With(BounceWords.Of(standing)) : InboxTexts.ReceiptNoMailbox),
            Reach.Silent => (ReceiptState.NoMail, InboxTexts.ReceiptSilent),
            Reach.Nothing => (ReceiptState.NoMail, InboxTexts.ReceiptNothing),
            _ when isDropped => (ReceiptState.NoMail, InboxTexts.ReceiptDropped),
            Reach.AfterPause => (ReceiptState.Waiting, InboxTexts.ReceiptPaused.With(On(member.PausedUntil!.Value))),
            Reach.InDigest when !hadSummary => (ReceiptState.Waiting, InboxTexts.ReceiptNextDigest),
            Reach.InDigest => (ReceiptState.NoMail, InboxTexts.ReceiptNotInDigest),
            _ when now - item.CreatedAt < Soon => (ReceiptState.Waiting, InboxTexts.ReceiptSoon),
            _ => (ReceiptState.NoMail, InboxTexts.ReceiptNone),
        };
    }

    // A revue goes to people without an account too. Their addresses are told to nobody.
    private static async Task<ReceiptOfReaders?> ReadersAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        var states = await db.Mails.AsNoTracking().Where(m => m.ItemId == item.Id && m.MemberId == null)
            .Select(m => new { m.State, Returned = db.Bounces.Any(b => b.MailId == m.Id && b.Kind != BounceKind.AutoReply) }).ToListAsync(cancellation);
        return states.Count == 0 ? null : new(
            states.Count(s => s is { State: MailState.Sent, Returned: false }),
            states.Count(s => s.Returned || s.State == MailState.Failed),
            states.Count(s => !s.Returned && s.State is MailState.Pending or MailState.Sending or MailState.Uncertain or MailState.Held));
    }

    // « 550 5.1.1 … »: the enhanced code stands among the server's words.
    private static string? CodeIn(string? error) => error?.Split(' ', '\n').FirstOrDefault(w => w is [>= '2' and <= '5', '.', ..] && w.Split('.') is [_, _, _] parts && parts.All(p => p.Length > 0 && p.All(char.IsAsciiDigit)));

    private string On(DateTime utc) => dates.Day(DateOnly.FromDateTime(dates.Local(utc)));

    private sealed record Sending(Guid MemberId, Guid MailId, MailState State, DateTime? SentAt, string? LastError, bool IsDigest)
    {
        public Bounce? Bounce { get; init; }

        public int Rank => this switch
        {
            { State: MailState.Sent, Bounce: null } => 0,
            { Bounce: not null } or { State: MailState.Failed } => 2,
            { State: MailState.Dropped } => 3,
            _ => 1,
        };
    }
}

/// <summary>States in words.</summary>
internal static class ReceiptWords
{
    /// <summary>One word or two.</summary>
    public static string Of(ReceiptState state) => state switch
    {
        ReceiptState.Sent => InboxTexts.StateSent,
        ReceiptState.InDigest => InboxTexts.StateInDigest,
        ReceiptState.Returned => InboxTexts.StateReturned,
        ReceiptState.Waiting => InboxTexts.StateWaiting,
        _ => InboxTexts.StateNoMail,
    };
}
