using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TerritoireCollab.Admin.Accounts;
using TerritoireCollab.Admin.Addresses;
using TerritoireCollab.Admin.Choices;
using TerritoireCollab.Admin.Journal;
using TerritoireCollab.Admin.Outbox;
using TerritoireCollab.Admin.Overview;
using TerritoireCollab.Admin.Site;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Admin;

/// <summary>Administration of the platform, its legal pages, its help and its language.</summary>
public sealed class AdminModule : IModule
{
    /// <inheritdoc />
    public string Key => "admin";

    /// <inheritdoc />
    public void AddServices(IServiceCollection services)
    {
        services.AddMailWriting().AddMailKinds("compte.approuve", "compte.refuse", "compte.confirmation", AdministratorMails.TrialKind, AdministratorMails.AlarmKind);
        services.TryAddSingleton<Ownership>();
        services
            .AddSingleton<ReadOverview>().AddSingleton<Checklist>()
            .AddSingleton<ListMembers>().AddSingleton<ReadMember>().AddSingleton<MemberMails>()
            .AddSingleton<ApproveMember>().AddSingleton<RefuseMember>().AddSingleton<SuspendMember>().AddSingleton<ReactivateMember>()
            .AddSingleton<GiveAdministration>().AddSingleton<ResendConfirmation>().AddSingleton<CloseSessions>()
            .AddSingleton<EditChoices>()
            .AddSingleton<ListMails>().AddSingleton<RetryMails>().AddSingleton<DropMail>().AddSingleton<ResumeMails>().AddSingleton<AdministratorMails>().AddSingleton<TryMail>()
            .AddSingleton<ReadJournal>().AddSingleton<ListAddresses>()
            .AddSingleton<IRecurringJob, TellAlarms>();
    }

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapAdministration();
        endpoints.MapSite();
    }
}
