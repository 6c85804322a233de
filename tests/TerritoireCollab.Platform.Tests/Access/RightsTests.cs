using TerritoireCollab.Forum;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Web;

namespace TerritoireCollab.Platform.Tests.Access;

/// <summary>The permission table as a pure function: role × permission × settings.</summary>
public sealed class RightsTests
{
    private static readonly Guid Me = Guid.CreateVersion7();
    private readonly Rights _rights = new(new ModuleCatalog(ModuleList.Create()));

    [Theory]
    [InlineData(null, false, false, false, false)]
    [InlineData(GroupRole.Reader, false, false, false, false)]
    [InlineData(GroupRole.Member, true, false, false, false)]
    [InlineData(GroupRole.Animator, true, true, true, false)]
    [InlineData(GroupRole.Owner, true, true, true, true)]
    public void Allows_EachRole_AsTheTableSays(GroupRole? role, bool comments, bool moderates, bool managesMembers, bool owns)
    {
        var standing = Standing(role);

        Assert.Equal(comments, _rights.Allows(GroupPermissions.Comment, standing));
        Assert.Equal(comments, _rights.Allows(ForumModule.StartTopic, standing));
        Assert.Equal(moderates, _rights.Allows(GroupPermissions.Moderate, standing));
        Assert.Equal(managesMembers, _rights.Allows(GroupPermissions.ManageMembers, standing));
        Assert.Equal(owns, _rights.Allows(GroupPermissions.Own, standing));
    }

    [Fact]
    public void Allows_ArchivedGroup_OnlyReadingAndOwning()
    {
        var standing = Standing(GroupRole.Owner) with { IsArchived = true };

        Assert.Equal(["group.own", "group.read", "mail.receipt"], GroupPermissions.All.Where(p => _rights.Allows(p, standing, Me)).Select(p => p.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Allows_LockedContent_AnswersOfAnimatorsOnly()
    {
        Assert.False(_rights.Allows(GroupPermissions.Comment, Standing(GroupRole.Member), isLocked: true));
        Assert.True(_rights.Allows(GroupPermissions.Comment, Standing(GroupRole.Animator), isLocked: true));
    }

    [Fact]
    public void Allows_OwnContent_AuthorUntilReducedToReader()
    {
        Assert.True(_rights.Allows(GroupPermissions.EditComment, Standing(GroupRole.Member), Me));
        Assert.False(_rights.Allows(GroupPermissions.EditComment, Standing(GroupRole.Member), Guid.CreateVersion7()));
        Assert.False(_rights.Allows(GroupPermissions.EditComment, Standing(GroupRole.Reader), Me));
    }

    [Fact]
    public void Allows_ToolKeptToAnimators_MembersDoNotCreate()
    {
        var standing = Standing(GroupRole.Member) with { ToolSettings = [new GroupTool { GroupId = Guid.Empty, ToolKey = "forum", Enabled = true, Creators = GroupRole.Animator }] };

        Assert.False(_rights.Allows(ForumModule.StartTopic, standing));
        Assert.True(_rights.Allows(ForumModule.StartTopic, standing with { Role = GroupRole.Animator }));
    }

    [Fact]
    public void Allows_ToolOff_NobodyCreates()
    {
        var standing = Standing(GroupRole.Owner) with { ToolSettings = [new GroupTool { GroupId = Guid.Empty, ToolKey = "forum", Enabled = false }] };

        Assert.False(_rights.Allows(ForumModule.StartTopic, standing));
    }

    [Fact]
    public void Allows_SeenAs_NothingButReading()
    {
        var standing = Standing(GroupRole.Member) with { Viewer = Viewer.AnyMemberOf(Guid.CreateVersion7()) };

        Assert.DoesNotContain(GroupPermissions.All, p => _rights.Allows(p, standing));
        Assert.True(_rights.Allows(GroupPermissions.Read, Standing(GroupRole.Member)));
    }

    private static Standing Standing(GroupRole? role) => new()
    {
        Viewer = Viewer.Member(Me), GroupId = Guid.CreateVersion7(), Slug = "g", Name = "G", Summary = "", Hue = 0, Visibility = GroupVisibility.AllMembers,
        Joining = GroupJoining.Free, Ceiling = Audience.Public, DefaultAudience = Audience.Group, IsArchived = false, MemberCount = 1, CharterVersion = 0, ToolSettings = [], Role = role,
    };
}
