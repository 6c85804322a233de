using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TerritoireCollab.Inbox.Digests;
using TerritoireCollab.Inbox.Home;
using TerritoireCollab.Inbox.Live;
using TerritoireCollab.Inbox.Mails;
using TerritoireCollab.Inbox.News;
using TerritoireCollab.Inbox.Receipts;
using TerritoireCollab.Inbox.Settings;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Inbox;

/// <summary>What is new for a member: home page, notifications, mails and their settings.</summary>
public sealed class InboxModule : IModule
{
    // The bell takes nothing from a browser but the handshake and pings.
    private const int LongestMessage = 1024;

    /// <inheritdoc />
    public string Key => "inbox";

    /// <inheritdoc />
    public void AddServices(IServiceCollection services)
    {
        services.TryAddSingleton<MembershipWriter>();
        services.AddMailWriting().AddSingleton<MailActionTokens>().AddSingleton<ActivityLetters>().AddSingleton<ActOnMail>();
        services.AddSingleton<IActivityConsumer, MailConsumer>().AddSingleton<IMailCheck, ActivityMailCheck>().AddSingleton<IUnsubscriber, StopByMail>().AddSingleton<IMailSettingsLinks, MailSettingsLinks>();
        services.AddMailKinds([.. MailConsumer.Kinds, .. Enum.GetValues<DigestKind>().Select(DigestLetter.KindOf)]);
        services.AddSingleton<MailActTokens>().AddSingleton<MailActs>().AddSingleton<IMailActLinks>(s => s.GetRequiredService<MailActs>()).AddSingleton<IMailAct, UsefulByMail>().AddSingleton<IMailAct, FollowByMail>();
        services.AddSingleton<ReadReceipt>().AddSingleton<ConfirmAddress>();
        services.AddSingleton<GatherMails>().AddSingleton<IWorker>(p => p.GetRequiredService<GatherMails>());
        services.AddSingleton<DigestHours>().AddSingleton<BuildDigest>().AddSingleton<DigestLetter>().AddSingleton<ReadNextLetter>().AddSingleton<LightenLetter>().AddSingleton<MakeDigests>().AddSingleton<IWorker>(p => p.GetRequiredService<MakeDigests>());
        services.AddSingleton<IMailCheck, DigestMailCheck>();
        services.AddSingleton<ListNews>().AddSingleton<MarkNewsRead>().AddSingleton<ReadHome>();
        services.AddSingleton<ReadMailSettings>().AddSingleton<ForgetThread>().AddSingleton<FollowedOtherwise>().AddSingleton<SetMailLevels>().AddSingleton<SetMailPreferences>().AddSingleton<SetMailSettings>();
        services.AddSingleton<LiveBells>();
        services.AddSignalR().AddHubOptions<LiveHub>(o => o.MaximumReceiveMessageSize = LongestMessage);
    }

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapInbox();
        endpoints.MapInboxApi();
    }
}
