using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Search.French;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Platform.Search;

/// <summary>Keeps the index in step with what is written: each activity leaves the documents of what it touched as they should be now.</summary>
public sealed class IndexConsumer(ModuleCatalog modules, Faces faces) : IActivityConsumer
{
    private const int LongestText = 32_000;

    /// <inheritdoc />
    public int Order => 30;

    /// <inheritdoc />
    public async Task ConsumeAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        switch (activity.Kind)
        {
            case ActivityKinds.ItemCreated or ActivityKinds.ItemEdited or ActivityKinds.ItemRemoved or ActivityKinds.ItemMoved when activity.ItemId is { } item:
                await IndexItemAsync(db, item, withComments: activity.Kind != ActivityKinds.ItemCreated, cancellation);
                break;
            case ActivityKinds.CommentCreated or ActivityKinds.CommentEdited or ActivityKinds.CommentRemoved when activity.CommentId is { } comment:
                await IndexCommentsAsync(db, db.Comments.Where(c => c.Id == comment), [comment], cancellation);
                break;
            case ActivityKinds.GroupEdited when activity.GroupId is { } group:
                await IndexGroupAsync(db, group, cancellation);
                break;
            case ActivityKinds.MemberEdited when (activity.SubjectId ?? activity.ActorId) is var member:
                await IndexMemberAsync(db, member, cancellation);
                break;
        }
    }

    /// <summary>Indexes a content, and its comments when their rights or place may have moved too.</summary>
    public async Task IndexItemAsync(AppDbContext db, Guid itemId, bool withComments, CancellationToken cancellation)
    {
        var item = await db.Items.AsNoTracking().FirstOrDefaultAsync(i => i.Id == itemId, cancellation);
        if (item is null || !modules.Kind(item.Kind).Can(Capability.Searchable))
        {
            await db.SearchDocuments.Where(d => d.ItemId == itemId).ExecuteDeleteAsync(cancellation);
            return;
        }

        var bodies = await faces.Of(item.Kind).BodiesAsync(db, [item.Id], cancellation);
        var further = (await faces.Of(item.Kind).FurtherTextsAsync(db, [item.Id], cancellation)).GetValueOrDefault(item.Id, "");
        var tags = await db.Tags.Where(t => t.ItemId == itemId).Select(t => t.Name).ToListAsync(cancellation);
        var text = $"{PlainText.FromMarkdown(bodies.GetValueOrDefault(item.Id, ""))}\n{further}".Trim();
        await PutAsync(db, Document(item.Id, item.Kind, item, null, item.Title, text, string.Join(' ', tags), item.CreatedAt), cancellation);
        if (!withComments) return;

        var ids = await db.Comments.Where(c => c.ItemId == itemId).Select(c => c.Id).ToListAsync(cancellation);
        await IndexCommentsAsync(db, db.Comments.Where(c => c.ItemId == itemId), ids, cancellation);
    }

    private static async Task IndexCommentsAsync(AppDbContext db, IQueryable<Comment> comments, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var present = await comments.AsNoTracking().Where(c => c.Kind == CommentKind.Message).Include(c => c.Item).ToListAsync(cancellation);
        var gone = ids.Except(present.Select(c => c.Id)).ToList();
        if (gone.Count > 0) await db.SearchDocuments.Where(d => gone.Contains(d.TargetId)).ExecuteDeleteAsync(cancellation);
        foreach (var c in present)
            await PutAsync(db, Document(c.Id, "comment", c.Item, c.Number, c.Item.Title, PlainText.FromMarkdown(c.Body), "", c.CreatedAt), cancellation);
    }

    private static async Task IndexGroupAsync(AppDbContext db, Guid groupId, CancellationToken cancellation)
    {
        var group = await db.Groups.AsNoTracking().FirstAsync(g => g.Id == groupId, cancellation);
        await PutAsync(db, OfGroup(group), cancellation);
    }

    private static async Task IndexMemberAsync(AppDbContext db, Guid memberId, CancellationToken cancellation)
    {
        var member = await db.Members.AsNoTracking().Include(m => m.Affiliations).ThenInclude(a => a.Organisation).FirstAsync(m => m.Id == memberId, cancellation);
        if (member.State == MemberState.Active) await PutAsync(db, OfMember(member), cancellation);
        else await db.SearchDocuments.Where(d => d.TargetId == memberId).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>The document of a group.</summary>
    public static SearchDocument OfGroup(Group group) => Make(
        group.Id, "group", null, group.Id, null, group.Name, group.Summary + "\n" + PlainText.FromMarkdown(group.Purpose),
        group.Visibility == GroupVisibility.Hidden ? SearchScopes.Group(group.Id) : SearchScopes.Platform, "", group.CreatedAt);

    /// <summary>The document of a member: only the fields that every member may see, so that a hidden field never finds its owner.</summary>
    public static SearchDocument OfMember(Member member)
    {
        var shown = new[]
        {
            member.FunctionVisibility == FieldVisibility.Members ? member.Function : null,
            member.CommuneVisibility == FieldVisibility.Members ? member.Commune : null,
            string.Join(", ", member.Affiliations.Where(a => a.Until is null).Select(a => a.Organisation!.Name)),
            member.PresentationVisibility == FieldVisibility.Members && member.Presentation is { } text ? PlainText.FromMarkdown(text) : null,
        };
        return Make(member.Id, "member", null, null, null, member.Name, string.Join(" · ", shown.Where(s => !string.IsNullOrEmpty(s))), SearchScopes.Platform, "", member.CreatedAt);
    }

    /// <summary>The document of a content or of one of its comments.</summary>
    public static SearchDocument Document(Guid targetId, string kind, ContentItem item, int? number, string title, string text, string further, DateTime at) =>
        Make(targetId, kind, item.Id, item.GroupId, number, title, text, Scope(item), further, at);

    private static string Scope(ContentItem item) => item.Audience switch
    {
        Audience.Public => SearchScopes.Public,
        Audience.Platform => SearchScopes.Platform,
        _ => SearchScopes.Group(item.GroupId),
    };

    private static SearchDocument Make(Guid targetId, string kind, Guid? itemId, Guid? groupId, int? number, string title, string text, string scope, string further, DateTime at)
    {
        if (text.Length > LongestText) text = text[..LongestText];
        var titleStems = kind == "comment" ? "" : string.Join(' ', FrenchAnalyzer.Tokens(title));
        return new SearchDocument
        {
            TargetId = targetId,
            Kind = kind,
            ItemId = itemId,
            GroupId = groupId,
            CommentNumber = number,
            Title = title,
            Text = text,
            TitleStems = titleStems.Length > 1000 ? titleStems[..1000] : titleStems,
            Stems = string.Join(' ', FrenchAnalyzer.Tokens($"{(kind == "comment" ? "" : title)} {further} {text}")),
            Scope = scope,
            Place = groupId is { } id ? $"{SearchScopes.Group(id)} {SearchScopes.Kind(kind)}" : SearchScopes.Kind(kind),
            At = at,
        };
    }

    private static async Task PutAsync(AppDbContext db, SearchDocument document, CancellationToken cancellation)
    {
        var present = await db.SearchDocuments.FirstOrDefaultAsync(d => d.TargetId == document.TargetId, cancellation);
        if (present is null) db.SearchDocuments.Add(document);
        else
        {
            // An answer may have gone to another thread, or opened one of its own.
            (present.Kind, present.ItemId, present.CommentNumber, present.GroupId) = (document.Kind, document.ItemId, document.CommentNumber, document.GroupId);
            (present.Title, present.Text, present.TitleStems, present.Stems, present.Scope, present.Place, present.At) =
                (document.Title, document.Text, document.TitleStems, document.Stems, document.Scope, document.Place, document.At);
        }

        await db.SaveChangesAsync(cancellation);
    }
}
