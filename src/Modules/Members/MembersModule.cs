using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TerritoireCollab.Members.Accounts;
using TerritoireCollab.Members.Directory;
using TerritoireCollab.Members.Mail;
using TerritoireCollab.Members.Organisations;
using TerritoireCollab.Members.Profiles;
using TerritoireCollab.Members.Welcoming;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Members;

/// <summary>Accounts, profiles, organisations and the directory.</summary>
public sealed class MembersModule : IModule
{
    /// <inheritdoc />
    public string Key => "members";

    /// <inheritdoc />
    public void AddServices(IServiceCollection services)
    {
        services.AddMailWriting().AddMailKinds(AccountMails.Kinds);
        // Shared with other modules, whichever registers first.
        services.TryAddSingleton<InvitationOfToken>();

        services.AddSingleton<SignInThrottle>().AddSingleton<SignIn>().AddSingleton<SendLink>().AddSingleton<AccountMails>().AddSingleton<IMailCheck, LinkMailCheck>()
            .AddSingleton<PasswordRules>().AddSingleton<Register>().AddSingleton<UseLink>()
            .AddSingleton<ReadAccount>().AddSingleton<OwnPassword>().AddSingleton<ChangePassword>().AddSingleton<ChangeAddress>().AddSingleton<CreateKey>().AddSingleton<SubscribeByAddress>();
        services.AddSingleton<ListOrganisations>().AddSingleton<MyAffiliations>().AddSingleton<ReadOrganisation>()
            .AddSingleton<EditProfile>().AddSingleton<ListMembers>().AddSingleton<ReadMember>().AddSingleton<FirstSteps>();
    }

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapAccounts();
        endpoints.MapOrganisations();
        endpoints.MapPhotos();
        endpoints.MapMembersApi();
    }
}
