using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Groups;

/// <summary>What the values of the model are called in the reader's language.</summary>
internal static class Words
{
    public static string Of(GroupKind kind) => kind switch
    {
        GroupKind.Firms => GroupsTexts.KindFirms,
        GroupKind.LocalAuthorities => GroupsTexts.KindLocalAuthorities,
        _ => GroupsTexts.KindMixed,
    };

    public static string Of(GroupRole role) => role switch
    {
        GroupRole.Reader => GroupsTexts.RoleReader,
        GroupRole.Animator => GroupsTexts.RoleAnimator,
        GroupRole.Owner => GroupsTexts.RoleOwner,
        _ => GroupsTexts.RoleMember,
    };

    public static string Of(MembershipOrigin origin) => origin switch
    {
        MembershipOrigin.Founder => GroupsTexts.OriginFounder,
        MembershipOrigin.Accepted => GroupsTexts.OriginAccepted,
        MembershipOrigin.Invited => GroupsTexts.OriginInvited,
        MembershipOrigin.Added => GroupsTexts.OriginAdded,
        _ => GroupsTexts.OriginJoined,
    };

    public static string Of(GroupJoining joining) => joining switch
    {
        GroupJoining.Free => GroupsTexts.JoiningFree,
        GroupJoining.OnRequest => GroupsTexts.JoiningOnRequest,
        _ => GroupsTexts.JoiningByInvitation,
    };

    public static string Of(MailLevel level) => level switch
    {
        MailLevel.Everything => GroupsTexts.MailEverything,
        MailLevel.NewThreads => GroupsTexts.MailNewThreads,
        MailLevel.DailyDigest => GroupsTexts.MailDaily,
        MailLevel.WeeklyDigest => GroupsTexts.MailWeekly,
        _ => GroupsTexts.MailNothing,
    };

    public static string Of(Audience audience) => audience switch
    {
        Audience.Public => GroupsTexts.AudiencePublic,
        Audience.Platform => GroupsTexts.AudiencePlatform,
        _ => GroupsTexts.AudienceGroup,
    };
}
