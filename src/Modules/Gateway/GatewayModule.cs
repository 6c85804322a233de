using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Gateway.Answering;
using TerritoireCollab.Gateway.Confirming;
using TerritoireCollab.Gateway.Listing;
using TerritoireCollab.Gateway.Settings;
using TerritoireCollab.Gateway.Taking;
using TerritoireCollab.Gateway.Treating;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Gateway;

/// <summary>The mail that comes in: answers, new threads, finds, what comes back, and whoever wants no more of it.</summary>
public sealed class GatewayModule : IModule
{
    /// <inheritdoc />
    public string Key => "gateway";

    /// <inheritdoc />
    public void AddServices(IServiceCollection services)
    {
        services.AddMailWriting().AddMailKinds(WriteBack.RefusalKind, WriteBack.ConfirmKind, WriteBack.UnsubscribeKind, WriteBack.ReplyKind, TaskNotice.ActivityKind);
        services.AddSingleton<OurAddresses>().AddSingleton<KeepMail>().AddSingleton<TreatWake>().AddSingleton(Inbox);
        services.AddSingleton<OwnLinks>().AddSingleton<MailWords>().AddSingleton<MailFiles>().AddSingleton<SenderTrust>().AddSingleton<SenderPace>().AddSingleton<ListAddresses>();
        services.AddSingleton<TakeReport>().AddSingleton<StopByMail>().AddSingleton<AskSender>().AddSingleton<PublishAnswer>().AddSingleton<DeliverMail>();
        services.AddSingleton<WriteBack>().AddSingleton<SettleMail>().AddSingleton<TreatMail>();
        services.AddSingleton<ConfirmTokens>().AddSingleton<ConfirmMail>().AddSingleton<ListReceived>().AddSingleton<GroupTasks>().AddSingleton<ListAddressesOfMember>().AddSingleton<IGroupNotice, TaskNotice>();
        services.AddSingleton<IWorker, TakeMails>().AddSingleton<IWorker, TreatMails>();
        services.AddSingleton<IRecurringJob, EraseTreatedFiles>();
    }

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder endpoints) => endpoints.MapGateway();

    private static IMailInbox Inbox(IServiceProvider services) => services.GetRequiredService<MailOptions>().Inbox switch
    {
        MailInboxKind.Folder => ActivatorUtilities.CreateInstance<FolderInbox>(services),
        MailInboxKind.Imap => ActivatorUtilities.CreateInstance<ImapInbox>(services),
        _ => new NoInbox(),
    };
}
