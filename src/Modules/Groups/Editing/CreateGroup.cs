using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Groups.Listing;
using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Groups.Editing;

/// <summary>Makes a group, of which its maker is the owner.</summary>
internal sealed class CreateGroup(AppDb database, MembershipWriter writer, PlatformSettings settings, ModuleCatalog modules, TimeProvider clock)
{
    private const int MostTries = 5;

    // Segments of the directory's own addresses.
    private static readonly string[] Reserved = ["nouveau"];

    /// <summary>Makes the group and returns its part of the address. Sending one form twice makes one group.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in.</exception>
    /// <exception cref="ForbiddenException">Only administrators make groups on this platform.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, or two contradict each other.</exception>
    public async Task<string> ExecuteAsync(Viewer viewer, Guid id, GroupInput input, CancellationToken cancellation)
    {
        if (!viewer.IsMember) throw new NotFoundException();
        if (!await ListGroups.MayCreateAsync(viewer, settings, cancellation)) throw new ForbiddenException(GroupsTexts.AdministratorsCreate);

        input = input.Normalised();
        input.Check().Demand();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var slug = SlugOf(input, attempt);
                return await database.TransactAsync(viewer, (db, token) => WriteAsync(db, id, slug, input, token), cancellation);
            }
            catch (DbUpdateException failure) when (failure.IsDuplicate() && attempt < MostTries)
            {
                await using var db = database.Open(viewer);
                if (await db.Groups.Where(g => g.Id == id).Select(g => g.Slug).FirstOrDefaultAsync(cancellation) is { } made) return made;

                // The key is another group's, one that the viewer does not see: the form was tampered with, or luck was bad.
                if (attempt > 0) id = Guid.CreateVersion7();
            }
        }
    }

    private async Task<string> WriteAsync(AppDbContext db, Guid id, string slug, GroupInput input, CancellationToken cancellation)
    {
        var (now, me) = (clock.GetUtcNow().UtcDateTime, db.Viewer.MemberId);
        var group = new Group
        {
            Id = id,
            Slug = slug,
            Name = input.Name,
            FoldedName = Fold(input.Name),
            Summary = input.Summary,
            Purpose = input.Purpose,
            Kind = input.Kind,
            Visibility = input.Visibility,
            Joining = input.Joining,
            Ceiling = input.Ceiling,
            DefaultAudience = input.DefaultAudience,
            Hue = input.Hue / 10 * 10 ?? Hue.Of(slug),
            JoinQuestion = input.JoinQuestion,
            Charter = input.Charter,
            CharterVersion = input.Charter is null ? 0 : 1,
            Welcome = input.Welcome,
            Announcement = input.Announcement,
            AnnouncementUntil = input.AnnouncementUntil,
            DefaultMailLevel = input.DefaultMailLevel,
            MailsTitlesOnly = input.MailsTitlesOnly,
            CreatedAt = now,
            LastActivityAt = now,
        };
        db.Groups.Add(group);
        foreach (var choice in (input.Tools ?? []).Where(c => modules.Tool(c.Key) is not null))
            db.GroupTools.Add(new GroupTool { GroupId = group.Id, ToolKey = choice.Key, Enabled = choice.Enabled, Creators = choice.Creators });
        db.Activities.Add(new Activity { Kind = ActivityKinds.GroupEdited, GroupId = group.Id, ActorId = me, At = now });
        await db.SaveChangesAsync(cancellation);

        await writer.EnterAsync(db, new MembershipEntry
        {
            GroupId = group.Id, MemberId = me, ActorId = me, Origin = MembershipOrigin.Founder, Role = GroupRole.Owner,
            MailLevel = input.DefaultMailLevel, CharterAccepted = group.CharterVersion,
        }, cancellation);
        return slug;
    }

    /// <summary>The name folded, as the column holds it.</summary>
    public static string Fold(string name) => TextFold.Fold(name) is { Length: > 100 } folded ? folded[..100] : TextFold.Fold(name);

    // A hidden group always gets random letters: were they added only where two addresses meet, they would tell that a hidden group bears the name.
    private static string SlugOf(GroupInput input, int attempt)
    {
        var slug = Slug.Of(input.Name);
        if (attempt == 0 && input.Visibility == GroupVisibility.AllMembers && !Reserved.Contains(slug)) return slug;

        var head = slug.Length > Slug.MaxLength - 5 ? slug[..(Slug.MaxLength - 5)].TrimEnd('-') : slug;
        return $"{head}-{RandomNumberGenerator.GetString("0123456789abcdefghjkmnpqrstvwxyz", 4)}";
    }
}
