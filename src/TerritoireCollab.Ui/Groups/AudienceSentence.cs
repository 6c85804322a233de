using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Ui.Resources;

namespace TerritoireCollab.Ui.Components;

/// <summary>Says in one sentence who reads a content: before it is published, with a number, and on its page.</summary>
public static class AudienceSentence
{
    /// <summary>« Sera lu par les 19 membres du groupe « … ». »</summary>
    /// <param name="standing">The group.</param>
    /// <param name="audience">Audience chosen.</param>
    /// <param name="platformMembers">Active members of the platform.</param>
    public static string Future(Standing standing, Audience audience, int platformMembers) => audience switch
    {
        Audience.Public => SiteTexts.AudiencePublic,
        Audience.Platform => platformMembers == 1 ? SiteTexts.AudiencePlatformOne : SiteTexts.AudiencePlatform.With(standing.Name, platformMembers),
        _ => standing.MemberCount == 1 ? SiteTexts.AudienceGroupOne.With(standing.Name) : SiteTexts.AudienceGroup.With(standing.Name, standing.MemberCount),
    };

    /// <summary>« Visible par les 19 membres du groupe « … ». »</summary>
    public static string Present(Standing standing, Audience audience) => audience switch
    {
        Audience.Public => SiteTexts.VisiblePublic,
        Audience.Platform => SiteTexts.VisiblePlatform,
        _ => standing.MemberCount == 1 ? SiteTexts.VisibleGroupOne.With(standing.Name) : SiteTexts.VisibleGroup.With(standing.Name, standing.MemberCount),
    };

    /// <summary>The audiences that the group allows, as radio cards; the value is the name of the <see cref="Audience"/>.</summary>
    public static IReadOnlyList<Choice> Choices(Standing standing, int platformMembers) =>
        [.. standing.Audiences.Select(a => new Choice(a.ToString(), Name(a), Future(standing, a, platformMembers)))];

    private static string Name(Audience audience) => audience switch
    {
        Audience.Public => SiteTexts.AudienceNamePublic,
        Audience.Platform => SiteTexts.AudienceNamePlatform,
        _ => SiteTexts.AudienceNameGroup,
    };
}
