using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TerritoireCollab.Groups.Editing;
using TerritoireCollab.Groups.Home;
using TerritoireCollab.Groups.Invitations;
using TerritoireCollab.Groups.Listing;
using TerritoireCollab.Groups.Memberships;
using TerritoireCollab.Groups.Tags;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Groups;

/// <summary>Groups: directory, home pages, members, invitations, settings.</summary>
public sealed class GroupsModule : IModule
{
    /// <inheritdoc />
    public string Key => "groups";

    /// <inheritdoc />
    public void AddServices(IServiceCollection services)
    {
        services.AddMailWriting().AddMailKinds(InvitationMail.Kind, WaitingRequest.NoticeKind);
        services.TryAddSingleton<MembershipWriter>();
        services.TryAddSingleton<Ownership>();
        services.TryAddSingleton<InvitationOfToken>();
        services.AddSingleton<ListGroups>().AddSingleton<ReadGroupHome>().AddSingleton<ListTags>().AddSingleton<RenameTag>().AddSingleton<ArrangeHome>().AddSingleton<LaunchKit>().AddSingleton<PublicBlock>()
            .AddSingleton<CreateGroup>().AddSingleton<EditGroup>().AddSingleton<ArchiveGroup>().AddSingleton<GroupPictures>()
            .AddSingleton<JoinGroup>().AddSingleton<LeaveGroup>().AddSingleton<AnswerRequest>().AddSingleton<ManageMember>().AddSingleton<ChooseMailLevel>().AddSingleton<ListMembers>().AddSingleton<ListUnreached>()
            .AddSingleton<InvitationMail>().AddSingleton<IMailCheck, InvitationMailCheck>().AddSingleton<ManageInvitations>().AddSingleton<AcceptInvitation>().AddSingleton<RefuseInvitation>()
            .AddSingleton<StopInvitations>().AddSingleton<IUnsubscriber>(p => p.GetRequiredService<StopInvitations>())
            .AddSingleton<IMailAct, AcceptByMail>().AddSingleton<IMailAct, RefuseByMail>().AddSingleton<IGroupNotice, WaitingRequest>()
            .AddSingleton<IRecurringJob, RemindOfRequests>().AddSingleton<IRecurringJob, RemindInvited>();
    }

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGroups();
        endpoints.MapGroupsApi();
    }
}
