using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Gateway.Answering;
using TerritoireCollab.Gateway.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Gateway.Treating;

/// <summary>
/// An answer to a mail of ours lands where the mail spoke from, by the handler that the site uses and with the rights of the moment. Who may
/// read no more what is answered learns nothing of it: not even that it is there.
/// </summary>
internal sealed class PublishAnswer(AppDb database, Rights rights, AddComment add, MailWords words, MailFiles files, SenderPace pace, SenderTrust trust, AskSender ask, TimeProvider clock)
{
    /// <summary>How long the mails of ours take answers.</summary>
    public static readonly TimeSpan KeyLife = TimeSpan.FromDays(90);

    /// <summary>Publishes it.</summary>
    public async Task<Settlement> ExecuteAsync(Treated treated, CancellationToken cancellation)
    {
        var written = words.Read(treated.Mail);
        var refused = Settlement.Refused(MailRefusal.UnknownKey, written.Body);
        await using var all = database.Open(Viewer.System);
        var answered = treated.Address.Key is { } key ? await all.Mails.AsNoTracking().FirstOrDefaultAsync(m => m.Key == key, cancellation) : null;
        if (answered is null) return refused;
        if (answered.MemberId is not { } memberId) return refused with { Cause = MailRefusal.TakesNone };

        var member = await all.Members.AsNoTracking().FirstOrDefaultAsync(m => m.Id == memberId, cancellation);
        if (member is null or { State: MemberState.Gone }) return refused;
        if (member.NormalizedEmail != treated.Row.FromAddress) return refused with { Cause = MailRefusal.NotYours };

        refused = refused with { MemberId = member.Id };
        if (member.State != MemberState.Active) return refused with { Cause = MailRefusal.Suspended };
        if (clock.GetUtcNow().UtcDateTime - answered.CreatedAt > KeyLife) return refused with { Cause = MailRefusal.OldKey };
        if (treated.Row.Cause is { } known) return refused with { Cause = (MailRefusal)known };
        if (await pace.IsTooFastAsync(all, member.Id, cancellation)) return refused with { Cause = MailRefusal.TooMany };

        return await PlaceAsync(all, answered, treated.Address.Place, cancellation) switch
        {
            { Cause: { } cause } => refused with { Cause = cause },
            { ItemId: not null } when !treated.IsConfirmed && trust.IsDoubtful(treated.Mail) => await ask.ExecuteAsync(treated.Row, member, cancellation),
            { ItemId: { } item } place => await WriteAsync(treated, member, item, place, written, refused, cancellation),
            _ => refused,
        };
    }

    // A summary is no thread: each of its lines has an address of its own.
    private static async Task<Place> PlaceAsync(AppDbContext all, MailRow answered, int? line, CancellationToken cancellation)
    {
        if (line is null && answered is { IsAnswerable: true, ItemId: { } item }) return new(item, answered.AnswersNumber, null);

        var lines = all.DigestLines.Where(l => l.Digest.MailId == answered.Id);
        if (line is { } number)
            return await lines.Where(l => l.Place == number).Select(l => (Guid?)l.ItemId).FirstOrDefaultAsync(cancellation) is { } told ? new(told, null, null) { IsOfDigest = true } : new(null, null, MailRefusal.UnknownKey);

        return new(null, null, await all.Digests.AnyAsync(d => d.MailId == answered.Id, cancellation) ? MailRefusal.Digest : MailRefusal.TakesNone);
    }

    private async Task<Settlement> WriteAsync(Treated treated, Member member, Guid itemId, Place place, WrittenWords written, Settlement refused, CancellationToken cancellation)
    {
        var viewer = Viewer.Member(member.Id, member.IsAdmin);
        await using var db = database.Open(viewer);
        var item = await ItemAsync(db, itemId, cancellation);
        if (item is null) return refused with { Cause = MailRefusal.LostAccess };

        refused = refused with { GroupId = item.GroupId, ItemId = item.Id };
        if (item.DeletedAt is not null) return refused with { Cause = MailRefusal.Gone };
        if (written.Body.Length > Bodies.MaxLength) return refused with { Cause = MailRefusal.TooLong };

        var taken = await files.ExecuteAsync(treated.Mail, cancellation);
        var body = written.Body.Length > 0 ? written.Body : taken.Taken.Count > 0 ? GatewayTexts.FilesAlone : "";
        if (body.Length == 0) return refused with { Cause = MailRefusal.Empty };

        try
        {
            await add.ExecuteAsync(viewer, item.ShortId, new AddCommentInput
            {
                Id = treated.Row.Id,
                Body = body,
                ReplyTo = item.Id == itemId ? place.Number : null,
                Files = taken.Taken,
                // What is quoted of a summary speaks of other groups too.
                Origin = MailWords.Origin(treated.Mail, place.IsOfDigest ? null : written.Elided),
            }, cancellation);
        }
        catch (NotFoundException)
        {
            return refused with { Cause = MailRefusal.LostAccess };
        }
        catch (ForbiddenException)
        {
            return refused with { Cause = await WhyAsync(db, item, cancellation) };
        }
        catch (InvalidInputException invalid)
        {
            return refused with { Cause = MailRefusal.Rule, Detail = invalid.Rules[0].Message };
        }

        var published = new Settlement(ReceivedOutcome.Published) { MemberId = member.Id, GroupId = item.GroupId, ItemId = item.Id, CommentId = treated.Row.Id };
        return taken.Refused.Count == 0 ? published : published with { Cause = MailRefusal.FilesRefused, Detail = MailBack.FilesOf(taken) };
    }

    // What was merged into another thread leads on to it, on the site and here.
    private static async Task<ContentItem?> ItemAsync(AppDbContext db, Guid id, CancellationToken cancellation)
    {
        string[] trash = [AppDbContext.DeletedFilter];
        var item = await db.Items.IgnoreQueryFilters(trash).AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, cancellation);
        if (item?.DeletedAt is null) return item;

        var trace = await db.Comments.IgnoreQueryFilters(trash).Where(c => c.ItemId == id && c.Kind == CommentKind.Trace && c.Body.StartsWith(Comment.MergedInto)).Select(c => c.Body).FirstOrDefaultAsync(cancellation);
        var target = trace?[Comment.MergedInto.Length..].Split('|')[0];
        return target is null ? item : await db.Items.AsNoTracking().FirstOrDefaultAsync(i => i.ShortId == target, cancellation) ?? item;
    }

    private async Task<MailRefusal> WhyAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        var standing = await rights.StandingAsync(db, item.GroupId, cancellation);
        if (standing.IsArchived) return MailRefusal.Archived;
        if (!standing.IsMember) return MailRefusal.NotAMember;
        return standing.Role == GroupRole.Reader ? MailRefusal.ReaderOnly : MailRefusal.Locked;
    }

    private sealed record Place(Guid? ItemId, int? Number, MailRefusal? Cause)
    {
        public bool IsOfDigest { get; init; }
    }
}
