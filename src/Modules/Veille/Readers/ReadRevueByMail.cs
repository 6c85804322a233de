using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Ui.Mail;
using TerritoireCollab.Veille.Resources;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Readers;

/// <summary>
/// Getting the territory's revue by mail without an account: asked for on a page, confirmed from the mailbox, left by one click. The page
/// answers alike whether an address is known or not, and writes at most three times a day to any address.
/// </summary>
internal sealed class ReadRevueByMail(AppDb database, ReaderTokens tokens, MailWriter writer, MailOutbox outbox, PlatformOptions platform, TimeProvider clock) : IDisposable
{
    /// <summary>Kind of the mails to confirm.</summary>
    public const string AskedKind = "veille.abonnement";

    /// <summary>Mails that the form may send to one address in a day.</summary>
    public const int MostPerDay = 3;

    /// <summary>How long a link to confirm is good.</summary>
    public static readonly TimeSpan ConfirmWithin = TimeSpan.FromDays(7);

    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>The revue that can be had by mail: the territory's, when everybody may read it.</summary>
    /// <exception cref="NotFoundException">There is none.</exception>
    public async Task<TerritoryVeille> RevueAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return await TerritoryVeille.FindAsync(db, cancellation) is { Audience: Audience.Public } revue ? revue : throw new NotFoundException();
    }

    /// <summary>Sends the mail to confirm.</summary>
    /// <exception cref="NotFoundException">No public revue.</exception>
    /// <exception cref="InvalidInputException">Not an address.</exception>
    public async Task AskAsync(string? email, CancellationToken cancellation)
    {
        var revue = await RevueAsync(cancellation);
        new Rules().Check(Emails.IsUsable(email), "Email", ReaderTexts.AddressNotUsable).Demand();

        // One at a time, so that requests in parallel are counted too.
        await _gate.WaitAsync(cancellation);
        try
        {
            await WriteAsync(revue, email!.Trim(), cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Whose link to confirm it is, and whether that was done already.</summary>
    /// <exception cref="NotFoundException">Not a link of ours, or too old, or its reader left since.</exception>
    public async Task<bool> IsConfirmedAsync(string token, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return (await ConfirmingAsync(db, token, cancellation)).State == ReaderState.Confirmed;
    }

    /// <summary>Confirms. Doing it again changes nothing.</summary>
    /// <exception cref="NotFoundException">Not a link of ours, or too old, or its reader left since.</exception>
    public async Task ConfirmAsync(string token, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var reader = await ConfirmingAsync(db, token, cancellation);
        if (reader.State == ReaderState.Confirmed) return;

        (reader.State, reader.ConfirmedAt, reader.LeftAt) = (ReaderState.Confirmed, clock.GetUtcNow().UtcDateTime, null);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Whether the reader of that link to leave has left already.</summary>
    /// <exception cref="NotFoundException">Not a link of ours.</exception>
    public async Task<bool> HasLeftAsync(string token, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return (await LeavingAsync(db, token, cancellation)).State == ReaderState.Left;
    }

    /// <summary>Leaves. Doing it again changes nothing.</summary>
    /// <exception cref="NotFoundException">Not a link of ours.</exception>
    public async Task LeaveAsync(string token, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var reader = await LeavingAsync(db, token, cancellation);
        if (reader.State == ReaderState.Left) return;

        (reader.State, reader.LeftAt) = (ReaderState.Left, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellation);
    }

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    private async Task WriteAsync(TerritoryVeille revue, string email, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = clock.GetUtcNow().UtcDateTime;
        var normalized = Emails.Normalize(email);
        var prefix = $"{AskedKind}:{Pool.NewsKeys.OfIdentifier(normalized)}:";
        var since = now - TimeSpan.FromDays(1);
        if (await db.Mails.CountAsync(m => m.UniqueKey.StartsWith(prefix) && m.CreatedAt > since, cancellation) >= MostPerDay) return;

        var reader = await db.Set<RevueReader>().FirstOrDefaultAsync(r => r.GroupId == revue.GroupId && r.NormalizedEmail == normalized, cancellation);
        if (reader is null) db.Add(reader = new RevueReader { GroupId = revue.GroupId, Email = email, NormalizedEmail = normalized, AskedAt = now });
        reader.AskedAt = now;
        if (reader.State == ReaderState.Left) reader.State = ReaderState.Asked;
        await db.SaveChangesAsync(cancellation);
        await outbox.AddAsync(db, [await LetterAsync(revue, reader, prefix)], cancellation);
    }

    private Task<MailRow> LetterAsync(TerritoryVeille revue, RevueReader reader, string prefix)
    {
        var id = Guid.CreateVersion7();
        var isKnown = reader.State == ReaderState.Confirmed;
        var sentence = isKnown ? ReaderTexts.MailKnown.With(revue.Name) : ReaderTexts.MailAsked.With(revue.Name);
        var button = isKnown
            ? new MailButton(ReaderTexts.LeaveButton, $"/veille/desabonnement/{tokens.ToLeave(reader.Id)}")
            : new MailButton(ReaderTexts.ConfirmButton, $"/veille/abonnement/{tokens.ToConfirm(reader.Id)}");
        var content = new MailContent
        {
            Preheader = sentence,
            Context = revue.Name,
            Title = isKnown ? ReaderTexts.MailKnownTitle : ReaderTexts.MailAskedTitle,
            Blocks = [new MailParagraph(sentence), button],
            Reason = ReaderTexts.MailAskedReason.With(reader.Email),
            // Whoever did not ask takes the address out at once, rather than waiting for nothing to come.
            FooterLinks = isKnown ? [new(ReaderTexts.ReadOnline, "/veille/revues")] : [new(ReaderTexts.LeaveButton, $"/veille/desabonnement/{tokens.ToLeave(reader.Id)}")],
        };
        return writer.WriteAsync(new()
        {
            UniqueKey = $"{prefix}{id:N}",
            Kind = AskedKind,
            MessageId = writer.IdOf($"abonnement.{id:N}"),
            GroupId = revue.GroupId,
            To = new(null, reader.Email, ""),
            Subject = MailSubject.Of(revue.Name, content.Title),
            Content = content,
            Sorting = new() { Reason = "abonnement", ListName = revue.Name, ListKey = "revue-" + revue.GroupSlug, Archive = platform.Absolute("/veille"), GroupSlug = revue.GroupSlug },
        });
    }

    private async Task<RevueReader> ConfirmingAsync(AppDbContext db, string token, CancellationToken cancellation)
    {
        var id = tokens.Confirming(token) ?? throw new NotFoundException();
        var oldest = clock.GetUtcNow().UtcDateTime - ConfirmWithin;
        return await db.Set<RevueReader>().FirstOrDefaultAsync(r => r.Id == id && r.State != ReaderState.Left && (r.State == ReaderState.Confirmed || r.AskedAt > oldest), cancellation) ?? throw new NotFoundException();
    }

    private async Task<RevueReader> LeavingAsync(AppDbContext db, string token, CancellationToken cancellation)
    {
        var id = tokens.Leaving(token) ?? throw new NotFoundException();
        return await db.Set<RevueReader>().FirstOrDefaultAsync(r => r.Id == id, cancellation) ?? throw new NotFoundException();
    }
}
