using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Forum.Topics;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Testing;

/// <summary>People and groups of a test, written straight into the database; what is under test goes through the front door.</summary>
public sealed class Scene(Instance instance)
{
    private int _count;

    /// <summary>The instance.</summary>
    public Instance Instance => instance;

    /// <summary>A member of the platform.</summary>
    public async Task<Member> MemberAsync(string name, MemberState state = MemberState.Active, bool admin = false)
    {
        var number = Interlocked.Increment(ref _count);
        var email = $"{Slug.Of(name)}.{number}@essai.invalid";
        await using var db = instance.Open(Viewer.System);
        var member = new Member
        {
            Name = name,
            FoldedName = Slug.Of(name).Replace('-', ' '),
            Handle = $"{Slug.Of(name).Replace('-', '.')}.{number}",
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            EmailConfirmed = true,
            SecurityStamp = SecretTokens.New(),
            State = state,
            IsAdmin = admin,
            Welcomed = true,
            CreatedAt = Now,
        };
        db.Members.Add(member);
        if (state is not (MemberState.Unconfirmed or MemberState.AwaitingApproval)) db.Activities.Add(new Activity { Kind = ActivityKinds.MemberEdited, ActorId = member.Id, SubjectId = member.Id, At = Now, Quiet = true });
        await db.SaveChangesAsync();
        return member;
    }

    /// <summary>A group with its owner and members.</summary>
    public async Task<Group> GroupAsync(string name, Member owner, GroupVisibility visibility = GroupVisibility.AllMembers, GroupJoining joining = GroupJoining.OnRequest, string? slug = null, params Member[] members)
    {
        await using var db = instance.Open(Viewer.System);
        var group = new Group
        {
            Slug = slug ?? $"{Slug.Of(name)}-{Interlocked.Increment(ref _count)}",
            Name = name,
            FoldedName = Slug.Of(name).Replace('-', ' '),
            Summary = $"Résumé de {name}",
            Purpose = $"Présentation de {name}.",
            Visibility = visibility,
            Joining = joining,
            Ceiling = visibility == GroupVisibility.Hidden ? Audience.Group : Audience.Public,
            CreatedAt = Now,
            LastActivityAt = Now,
            MemberCount = members.Length + 1,
        };
        db.Groups.Add(group);
        db.Memberships.Add(Membership(group, owner, GroupRole.Owner));
        foreach (var member in members) db.Memberships.Add(Membership(group, member, GroupRole.Member));
        db.Activities.Add(new Activity { Kind = ActivityKinds.GroupEdited, ActorId = owner.Id, GroupId = group.Id, At = Now, Quiet = true });
        await db.SaveChangesAsync();
        return group;
    }

    /// <summary>Puts a member into a group, or changes where the membership stands.</summary>
    public async Task JoinAsync(Group group, Member member, GroupRole role = GroupRole.Member, MembershipState state = MembershipState.Active, MailLevel level = MailLevel.NewThreads)
    {
        await using var db = instance.Open(Viewer.System);
        var present = await db.Memberships.FirstOrDefaultAsync(m => m.GroupId == group.Id && m.MemberId == member.Id);
        if (present is null) db.Memberships.Add(Membership(group, member, role, state, level));
        else (present.Role, present.State, present.MailLevel) = (role, state, level);
        await db.SaveChangesAsync();
        var count = await db.Memberships.CountAsync(m => m.GroupId == group.Id && m.State == MembershipState.Active);
        await db.Groups.Where(g => g.Id == group.Id).ExecuteUpdateAsync(set => set.SetProperty(g => g.MemberCount, count));
    }

    /// <summary>Starts a thread as its author would, and returns its short identifier.</summary>
    public Task<string> TopicAsync(Group group, Member author, string title, string body = "Un message.", Audience? audience = null, string? tags = null, bool question = false, params ReceivedFile[] files) =>
        instance.Services.GetService<StartTopic>().ExecuteAsync(
            Viewer.Member(author.Id), group.Slug, new StartTopicInput(new ContentInput { Title = title, Body = body, Audience = audience, Tags = tags }, question, files), default);

    /// <summary>Answers as its author would, and returns the number of the answer.</summary>
    public Task<int> AnswerAsync(string topic, Member author, string body, int? replyTo = null, params ReceivedFile[] files) =>
        instance.Services.GetService<AddComment>().ExecuteAsync(Viewer.Member(author.Id), topic, new AddCommentInput { Body = body, ReplyTo = replyTo, Files = files }, default);

    /// <summary>A text file in the store, ready to be attached.</summary>
    public async Task<ReceivedFile> FileAsync(string name, string content)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content));
        return new ReceivedFile(name, await instance.Services.GetService<FileStore>().AddAsync(stream, name, default));
    }

    /// <summary>The instant of the instance.</summary>
    public DateTime Now => instance.Services.GetService<TimeProvider>().GetUtcNow().UtcDateTime;

    private Membership Membership(Group group, Member member, GroupRole role, MembershipState state = MembershipState.Active, MailLevel level = MailLevel.NewThreads) =>
        new() { GroupId = group.Id, MemberId = member.Id, Role = role, State = state, Since = Now, MailLevel = level, Origin = role == GroupRole.Owner ? MembershipOrigin.Founder : MembershipOrigin.Joined };
}

internal static class RequiredServices
{
    public static T GetService<T>(this IServiceProvider services) where T : notnull => (T)services.GetService(typeof(T))!;
}
