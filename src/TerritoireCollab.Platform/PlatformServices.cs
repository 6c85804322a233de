using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Antivirus;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Coediting;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Drafts;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Links;
using TerritoireCollab.Platform.Live;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Quotes;
using TerritoireCollab.Platform.Reactions;
using TerritoireCollab.Platform.Revisions;
using TerritoireCollab.Platform.Search;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Platform.Uploads;

namespace TerritoireCollab.Platform;

/// <summary>What the platform is made of.</summary>
public sealed record PlatformSetup
{
    /// <summary>Surroundings.</summary>
    public required PlatformOptions Platform { get; init; }
    /// <summary>Database.</summary>
    public required DatabaseOptions Database { get; init; }
    /// <summary>File store.</summary>
    public required FileStoreOptions Files { get; init; }
    /// <summary>Mail.</summary>
    public required MailOptions Mail { get; init; }
    /// <summary>What leaves by HTTP.</summary>
    public FetchOptions Fetch { get; init; } = new();
    /// <summary>Whether this process runs what follows a commit: notifications, index, mails. Commands and some web nodes do not.</summary>
    public bool RunsJobs { get; init; } = true;
    /// <summary>Whether other processes may work on the same database.</summary>
    public bool SharesDatabase => Database.Provider != DatabaseProvider.Sqlite || !RunsJobs;
    /// <summary>Rooms.</summary>
    public required IReadOnlyList<IModule> Modules { get; init; }
}

/// <summary>Registers the platform.</summary>
public static class PlatformServices
{
#if DEBUG
    private const bool IsDebug = true;
#else
    private const bool IsDebug = false;
#endif

    /// <summary>Adds the platform and the services of its modules.</summary>
    public static IServiceCollection AddPlatform(this IServiceCollection services, PlatformSetup setup)
    {
        services.AddSingleton(setup.Platform).AddSingleton(setup.Platform.TimeZone).AddSingleton(setup.Database).AddSingleton(setup.Files).AddSingleton(setup.Mail);
        services.AddSingleton(new ModuleCatalog(setup.Modules)).AddSingleton<Faces>().AddSingleton<Notices>().AddSingleton<ContentNotices>().AddSingleton<UrgentContents>();
        services.AddSingleton(TimeProvider.System).AddSingleton<Dates>();
        services.AddHttpContextAccessor();

        services.AddData(setup.Database);
        services.AddMembers();
        services.AddContent();
        services.AddActivities();
        services.AddMail(setup.Mail);
        services.AddGuests();
        services.AddSingleton(setup).AddCoediting();
        services.AddSingleton(setup.Fetch).AddSingleton<IFetchNetwork, SystemNetwork>().AddSingleton<OutgoingClient>()
            .AddSingleton(p => new AskPage(p.GetRequiredService<OutgoingClient>().FetchAsync, p.GetRequiredService<TimeProvider>()))
            .AddSingleton<HostTurns>().AddSingleton(new FetchPoolOptions()).AddSingleton<FetchPool>();
        services.AddSingleton(p => new DueJobs(p.GetRequiredService<AppDb>(), p.GetServices<IRecurringJob>(), setup.Platform.TimeZone, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Pulses>();
        services.AddRecurringJob<PurgeOldData>().AddRecurringJob<TuneDatabase>();
        services.AddFiles(setup.Files).AddSingleton<FileStore>().AddSingleton<ForgottenFiles>().AddSingleton<CoverPictures>().AddSingleton<LiveTopics>().AddSingleton<PlatformSettings>();
        services.AddSingleton<GroupFeed>().AddSingleton<AccessKeys>().AddSingleton<FeedViewer>().AddSingleton<FindEverywhere>();

        foreach (var module in setup.Modules) module.AddServices(services);
        if (setup.RunsJobs)
        {
            services.AddHostedService(p => p.GetRequiredService<Dispatcher>()).AddHostedService(p => p.GetRequiredService<MailWorker>()).AddHostedService<Workers>();
            services.AddScheduling();
        }

        if (setup.SharesDatabase) services.AddHostedService(p => p.GetRequiredService<LiveRelay>());

        return services;
    }

    /// <summary>Adds the database alone: what migrations need.</summary>
    public static IServiceCollection AddData(this IServiceCollection services, DatabaseOptions options)
    {
        services.AddSingleton<ActivityWake>();
        foreach (var keeping in DatabaseSetup.KeepingConnections(options)) services.AddSingleton(_ => keeping);
        services.AddPooledDbContextFactory<AppDbContext>((provider, builder) => builder
            .UseDatabase(options)
            // What hangs on a hidden group is hidden with it: that is what the filters are for.
            .ConfigureWarnings(w => w.Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning))
            // A context lives for one operation and is awaited; where tests run, what is not awaited is found out.
            .EnableThreadSafetyChecks(IsDebug)
            .AddInterceptors(provider.GetServices<IInterceptor>())
            .AddInterceptors(provider.GetRequiredService<ActivityWake>()), poolSize: options.Provider == DatabaseProvider.Sqlite ? 32 : 256);
        services.AddSingleton<AppDb>();
        services.AddSingleton<ISearchIndex>(options.Provider switch
        {
            DatabaseProvider.Sqlite => new SqliteSearchIndex(),
            DatabaseProvider.PostgreSql => new PostgreSqlSearchIndex(),
            _ => new PlainSearchIndex(),
        });
        return services;
    }

    private static IServiceCollection AddFiles(this IServiceCollection services, FileStoreOptions options)
    {
        services.AddMailKinds(QuarantineNotice.ActivityKind, OwnQuarantineNotice.ActivityKind);
        services.AddSingleton<IFileHolder, HoldAttachments>().AddSingleton<IGroupNotice, QuarantineNotice>().AddSingleton<IGroupNotice, OwnQuarantineNotice>().AddSingleton<CheckWake>();
        if (options.ClamAv is { } antivirus) services.AddSingleton(new ClamAvClient(antivirus)).AddSingleton<IWorker, CheckFiles>();
        return options.S3 is { } bucket ? services.AddSingleton<IFileStore>(_ => new S3Store(bucket)) : services.AddSingleton<IFileStore, FolderStore>();
    }

    private static void AddMembers(this IServiceCollection services)
    {
        services.AddSingleton<Sessions>().AddSingleton<NewMembers>().AddSingleton<SecurityLog>().AddScoped<CurrentViewer>();
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = 210_000);
        services.AddSingleton<IPasswordHasher<Member>, PasswordHasher<Member>>();
    }

    private static void AddContent(this IServiceCollection services) => services
        .AddSingleton<Rights>().AddSingleton<Bodies>().AddSingleton<ContentWriter>().AddSingleton<AttachmentWriter>().AddSingleton<ReceiveFiles>().AddSingleton<WatchThread>()
        .AddSingleton<AddComment>().AddSingleton<EditComment>().AddSingleton<RemoveComment>().AddSingleton<SettleComment>().AddSingleton<ListComments>().AddSingleton<ReadComments>().AddSingleton<ReadHistory>()
        .AddSingleton<ReadContent>().AddSingleton<PublishContent>().AddSingleton<EditContent>().AddSingleton<KeepQuote>().AddSingleton<LinkContents>().AddSingleton<Traces>().AddSingleton<GestureTargets>()
        .AddSingleton<RemoveContent>().AddSingleton<PinContent>().AddSingleton<LockContent>().AddSingleton<FeatureContent>().AddSingleton<MoveContent>().AddSingleton<ListTrash>().AddSingleton<ListGroupsToWriteIn>()
        .AddSingleton<UploadFolder>().AddSingleton<BeginUpload>().AddSingleton<AppendUpload>().AddSingleton<FinishUpload>().AddSingleton<ReadUploads>().AddSingleton<DropUploads>()
        .AddSingleton<React>().AddSingleton<Follow>().AddSingleton<KeepDrafts>().AddSingleton<MarkRead>();

    private static void AddGuests(this IServiceCollection services) => services
        .AddSingleton<GuestLinks>().AddSingleton<GuestTools>().AddSingleton<GuestSettings>().AddSingleton<GroupLabels>().AddSingleton<GuestOfLink>().AddSingleton<GuestOfAddress>().AddSingleton<InviteGuests>().AddSingleton<AskToTakePart>().AddSingleton<ManageGuests>()
        .AddSingleton<StopWriting>().AddSingleton<IUnsubscriber>(p => p.GetRequiredService<StopWriting>())
        .AddSingleton<GuestMailCheck>().AddSingleton<IMailCheck>(p => p.GetRequiredService<GuestMailCheck>()).AddMailKinds(GuestMailCheck.InvitedKind, GuestMailCheck.AskedKind)
        .AddRecurringJob<ForgetGuests>();

    private static void AddActivities(this IServiceCollection services)
    {
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<IndexConsumer>();
        services.AddSingleton<MailTiming>().AddSingleton<IActivityConsumer, Notifier>();
        services.AddSingleton<IActivityConsumer>(p => p.GetRequiredService<IndexConsumer>());
        services.AddSingleton<PageSignals>().AddSingleton<IActivityConsumer>(p => p.GetRequiredService<PageSignals>());
        services.AddSingleton<BellSignals>().AddSingleton<IActivityConsumer>(p => p.GetRequiredService<BellSignals>());
        services.AddSingleton<LiveRelay>();
        services.AddSingleton<MarkNotificationsRead>();
    }

    private static void AddMail(this IServiceCollection services, MailOptions options)
    {
        services.AddSingleton<MailWake>().AddSingleton<LinkSeals>().AddSingleton<MailOutbox>().AddSingleton<MailAssembler>().AddSingleton<MailReach>();
        services.AddSingleton<Bounces>().AddSingleton<TryAddressAgain>().AddSingleton<MailWatch>().AddSingleton<MailProbe>();
        services.AddSingleton<MailWorker>();
        if (options.Transport == MailTransportKind.Smtp) services.AddSingleton<IMailTransport, SmtpTransport>();
        else services.AddSingleton<IMailTransport, FolderTransport>();
    }
}
