using System.Globalization;
using Microsoft.Data.Sqlite;
using TerritoireCollab.Mime;
using TerritoireCollab.Mime.Dkim;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Antivirus;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Hosting;

/// <summary>A value of the configuration cannot be used. The message is one sentence that names the key.</summary>
public sealed class BadConfigurationException(string message) : Exception(message)
{
    /// <summary>EX_CONFIG of sysexits.h.</summary>
    public const int ExitCode = 78;
}

/// <summary>Reads and checks the configuration before anything is opened or changed.</summary>
internal static class Configuration
{
    public static PlatformSetup Read(IConfiguration configuration, string contentRoot)
    {
        var data = DataDirectory(configuration, contentRoot);
        var (baseUrl, mail) = (BaseUrl(configuration), Mail(configuration, data));
        return new PlatformSetup
        {
            Platform = new PlatformOptions
            {
                DataDirectory = data,
                BaseUrl = baseUrl,
                TimeZone = TimeZone(configuration),
                Demo = Flag(configuration, "Territoire:Demo", configuration["ENVIRONMENT"] == "Development" || configuration["ASPNETCORE_ENVIRONMENT"] == "Development"),
            },
            Database = Database(configuration, data),
            Files = Files(configuration, data),
            Mail = mail,
            Fetch = Fetch(configuration, baseUrl, mail.From),
            RunsJobs = Flag(configuration, "Territoire:Jobs", true),
            Modules = ModuleList.Create(),
        };
    }

    private static FileStoreOptions Files(IConfiguration configuration, string data)
    {
        const long most = 1L << 40;
        var longest = Number(configuration, "Territoire:Files:MaxUploadLength", 1, most, 4L << 30);
        return new FileStoreOptions
        {
            Folder = Path.Combine(data, "files"),
            MaxLength = Number(configuration, "Territoire:Files:MaxMegabytes", 1, 4096, 25) * 1024L * 1024L,
            MaxUploadLength = longest,
            GroupQuota = Number(configuration, "Territoire:Files:GroupQuota", 1, 10_000_000, 5120) * 1024L * 1024L,
            UploadQuota = Number(configuration, "Territoire:Files:UploadQuota", longest, 2 * most, 2 * longest),
            S3 = Choice(configuration, "Territoire:Files:Store", FileStoreKind.Folder) == FileStoreKind.S3 ? S3(configuration) : null,
            ClamAv = ClamAv(configuration),
        };
    }

    private static S3Options S3(IConfiguration configuration)
    {
        const string section = "Territoire:Files:S3:";
        string Needed(string key) => configuration[section + key] is { Length: > 0 } value ? value : throw Bad(section + key, HostTexts.ConfigS3Missing);
        Uri? endpoint = null;
        if (configuration[section + "Endpoint"] is { Length: > 0 } address && (!Uri.TryCreate(address, UriKind.Absolute, out endpoint) || endpoint.Scheme is not ("http" or "https") || endpoint.UserInfo.Length > 0))
            throw Bad(section + "Endpoint", HostTexts.ConfigNotAnAddress.With(address));

        return new S3Options
        {
            Endpoint = endpoint,
            Bucket = Needed("Bucket"),
            // Part of the signature; services that know no regions take this one.
            Region = configuration[section + "Region"] is { Length: > 0 } region ? region : endpoint is null ? Needed("Region") : "us-east-1",
            AccessKey = Needed("AccessKey"),
            SecretKey = Needed("SecretKey"),
            PathStyle = Flag(configuration, section + "PathStyle", false),
        };
    }

    private static ClamAvAddress? ClamAv(IConfiguration configuration)
    {
        const string key = "Territoire:Files:ClamAv";
        return configuration[key] is not { Length: > 0 } text ? null : ClamAvAddress.Read(text) ?? throw Bad(key, HostTexts.ConfigClamAv.With(text));
    }

    private static string DataDirectory(IConfiguration configuration, string contentRoot)
    {
        var chosen = configuration["Territoire:DataDirectory"];
        var path = string.IsNullOrWhiteSpace(chosen) ? Path.Combine(RepositoryRoot(contentRoot) ?? contentRoot, "data") : Path.GetFullPath(chosen, contentRoot);
        return File.Exists(path) ? throw Bad("Territoire:DataDirectory", HostTexts.ConfigNotAFolder.With(path)) : path;
    }

    /// <summary>Makes the folder of the data: the first thing that is written, once the whole configuration was read.</summary>
    /// <exception cref="BadConfigurationException">It cannot be made.</exception>
    public static void MakeDataDirectory(PlatformSetup setup)
    {
        try
        {
            Directory.CreateDirectory(setup.Platform.DataDirectory);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Bad("Territoire:DataDirectory", HostTexts.ConfigFolderRefused.With(setup.Platform.DataDirectory));
        }
    }

    // In development the data stand beside the sources, whatever folder the command was typed in.
    private static string? RepositoryRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "TerritoireCollab.sln"))) return folder.FullName;
        return null;
    }

    private static Uri BaseUrl(IConfiguration configuration)
    {
        const string key = "Territoire:BaseUrl";
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text)) text = configuration["urls"]?.Split(';')[0].Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal) ?? WebHost.DefaultAddress;
        if (!Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) throw Bad(key, HostTexts.ConfigNotAnAddress.With(text));

        // Links are made from the root: a folder behind the name would be lost in each of them.
        return uri is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" } ? uri : throw Bad(key, HostTexts.ConfigNotARoot.With(text));
    }

    private static TimeZoneInfo TimeZone(IConfiguration configuration)
    {
        const string key = "Territoire:TimeZone";
        var id = configuration[key] is { Length: > 0 } chosen ? chosen : "Europe/Paris";
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : throw Bad(key, HostTexts.ConfigUnknownTimeZone.With(id));
    }

    private static DatabaseOptions Database(IConfiguration configuration, string data)
    {
        var provider = Choice(configuration, "Territoire:Database:Provider", DatabaseProvider.Sqlite);
        var connection = configuration.GetConnectionString("Territoire");
        if (string.IsNullOrWhiteSpace(connection))
        {
            if (provider != DatabaseProvider.Sqlite) throw Bad("ConnectionStrings:Territoire", HostTexts.ConfigConnectionMissing.With(provider));
            connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(data, "territoire.db") }.ToString();
        }

        if (!DatabaseSetup.CanRead(provider, connection)) throw Bad("ConnectionStrings:Territoire", HostTexts.ConfigConnectionUnreadable.With(provider));

        var batch = configuration["Territoire:Database:MaxBatchSize"] is { Length: > 0 } ? (int?)Number(configuration, "Territoire:Database:MaxBatchSize", 1, 10_000, 1) : null;
        return new DatabaseOptions { Provider = provider, ConnectionString = connection, MaxBatchSize = batch };
    }

    private static MailOptions Mail(IConfiguration configuration, string data)
    {
        var transport = Choice(configuration, "Territoire:Mail:Transport", MailTransportKind.Folder);
        var inbox = Choice(configuration, "Territoire:Mail:Inbox", MailInboxKind.None);
        var smtp = new SmtpOptions
        {
            Host = configuration["Territoire:Mail:Smtp:Host"] ?? "",
            Port = (int)Number(configuration, "Territoire:Mail:Smtp:Port", 1, 65_535, 25),
            Security = Choice(configuration, "Territoire:Mail:Smtp:Security", MailSecurity.None),
            Connections = (int)Number(configuration, "Territoire:Mail:Smtp:Connections", 1, 4, 4),
            Timeout = TimeSpan.FromSeconds(Number(configuration, "Territoire:Mail:Smtp:TimeoutSeconds", 1, 300, 60)),
            User = configuration["Territoire:Mail:Smtp:User"] is { Length: > 0 } user ? user : null,
            Password = configuration["Territoire:Mail:Smtp:Password"] is { Length: > 0 } password ? password : null,
        };
        if (transport == MailTransportKind.Smtp && smtp.Host.Length == 0) throw Bad("Territoire:Mail:Smtp:Host", HostTexts.ConfigSmtpHostMissing);

        if (string.IsNullOrEmpty(smtp.User) != string.IsNullOrEmpty(smtp.Password))
            throw Bad(string.IsNullOrEmpty(smtp.User) ? "Territoire:Mail:Smtp:User" : "Territoire:Mail:Smtp:Password", HostTexts.ConfigSmtpAccountIncomplete);

        var from = configuration["Territoire:Mail:From"] is { Length: > 0 } address ? address : "espace@territoire.invalid";
        if (!Mailbox.TryCreate(from, out _)) throw Bad("Territoire:Mail:From", HostTexts.ConfigNotAMailAddress.With(from));

        var domain = configuration["Territoire:Mail:ReplyDomain"] is { Length: > 0 } chosen ? chosen : from[(from.LastIndexOf('@') + 1)..];
        if (!IsDomain(domain)) throw Bad("Territoire:Mail:ReplyDomain", HostTexts.ConfigNotADomain.With(domain));
        return new MailOptions
        {
            Transport = transport,
            Folder = Path.Combine(data, "mail"),
            From = from,
            ReplyDomain = domain,
            Smtp = smtp,
            Dkim = Dkim(configuration),
            Uncertain = Choice(configuration, "Territoire:Mail:Uncertain", UncertainMail.Resend),
            Rates = configuration.GetSection("Territoire:Mail:Rates").GetChildren().ToDictionary(r => r.Key, Rate),
            Inbox = inbox,
            AuthServId = configuration["Territoire:Mail:AuthServId"] ?? "",
            GatherMinutes = (int)Number(configuration, "Territoire:Mail:GatherMinutes", 0, 60, 3),
            InboxFolder = Path.Combine(data, "mail-in"),
            Imap = Imap(configuration, inbox),
        };
    }

    // The three together, or none; a key that cannot be used is found out here and not at the first mail.
    private static DkimOptions? Dkim(IConfiguration configuration)
    {
        const string section = "Territoire:Mail:Dkim:";
        string[] keys = ["Domain", "Selector", "KeyFile"];
        var values = keys.ToDictionary(k => k, k => configuration[section + k] ?? "");
        if (values.Values.All(v => v.Length == 0)) return null;
        if (values.FirstOrDefault(v => v.Value.Length == 0).Key is { } missing) throw Bad(section + missing, HostTexts.ConfigDkimIncomplete);

        var dkim = new DkimOptions(values["Domain"], values["Selector"], Path.GetFullPath(values["KeyFile"]));
        try
        {
            using var signer = new DkimSigner(dkim.Domain, dkim.Selector, File.ReadAllText(dkim.KeyFile));
            return dkim;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Bad(section + (failure is ArgumentException { ParamName: "domain" } ? "Domain" : failure is ArgumentException { ParamName: "selector" } ? "Selector" : "KeyFile"), HostTexts.ConfigDkimUnusable);
        }
    }

    // « 30/min », or « 0 » for no limit.
    private static int Rate(IConfigurationSection rate)
    {
        const string unit = "/min";
        var text = rate.Value ?? "";
        var number = text.EndsWith(unit, StringComparison.Ordinal) ? text[..^unit.Length] : text;
        return IsDomain(rate.Key) && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && (value == 0 || number != text)
            ? value
            : throw Bad(rate.Path, HostTexts.ConfigNotARate.With(text));
    }

    private static ImapOptions Imap(IConfiguration configuration, MailInboxKind inbox)
    {
        var security = Choice(configuration, "Territoire:Mail:Imap:Security", MailSecurity.None);
        var imap = new ImapOptions
        {
            Host = configuration["Territoire:Mail:Imap:Host"] ?? "",
            Port = (int)Number(configuration, "Territoire:Mail:Imap:Port", 1, 65_535, security == MailSecurity.Tls ? 993 : 143),
            Security = security,
            User = configuration["Territoire:Mail:Imap:User"] ?? "",
            Password = configuration["Territoire:Mail:Imap:Password"] ?? "",
            Mailbox = configuration["Territoire:Mail:Imap:Mailbox"] is { Length: > 0 } mailbox ? mailbox : "INBOX",
        };
        if (inbox != MailInboxKind.Imap) return imap;

        if (imap.Host.Length == 0) throw Bad("Territoire:Mail:Imap:Host", HostTexts.ConfigImapHostMissing);
        return imap.User.Length > 0 && imap.Password.Length > 0
            ? imap
            : throw Bad(imap.User.Length == 0 ? "Territoire:Mail:Imap:User" : "Territoire:Mail:Imap:Password", HostTexts.ConfigImapAccountMissing);
    }

    private static FetchOptions Fetch(IConfiguration configuration, Uri baseUrl, string contact) => new()
    {
        AllowPrivateNetworks = Flag(configuration, "Territoire:Fetch:AllowPrivateNetworks", false),
        Proxy = Proxy(configuration),
        UserAgent = FetchOptions.NameOf(baseUrl, contact),
    };

    private static Uri? Proxy(IConfiguration configuration)
    {
        const string key = "Territoire:Fetch:Proxy";
        if (configuration[key] is not { Length: > 0 } text) return null;

        // The account is not repeated on the console: it holds a password.
        return Uri.TryCreate(text, UriKind.Absolute, out var proxy) && proxy is { Scheme: "http", AbsolutePath: "/", Query: "", Fragment: "" } ? proxy : throw Bad(key, HostTexts.ConfigNotAProxy);
    }

    // In identifiers of mails (RFC 5322) and of lists (RFC 2919): ASCII, and mailboxes of answers below it later.
    private static bool IsDomain(string text) => Uri.CheckHostName(text) == UriHostNameType.Dns && System.Text.Ascii.IsValid(text) && Mailbox.TryCreate("x@" + text, out _);

    private static T Choice<T>(IConfiguration configuration, string key, T otherwise) where T : struct, Enum
    {
        if (configuration[key] is not { Length: > 0 } text) return otherwise;
        return Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsDigit(text[0])
            ? value
            : throw Bad(key, HostTexts.ConfigNotAChoice.With(text, string.Join(", ", Enum.GetNames<T>())));
    }

    private static bool Flag(IConfiguration configuration, string key, bool otherwise)
    {
        if (configuration[key] is not { Length: > 0 } text) return otherwise;
        return bool.TryParse(text, out var value) ? value : throw Bad(key, HostTexts.ConfigNotAFlag.With(text));
    }

    private static long Number(IConfiguration configuration, string key, long least, long most, long otherwise)
    {
        if (configuration[key] is not { Length: > 0 } text) return otherwise;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Bad(key, HostTexts.ConfigNotANumber.With(text, least, most));
    }

    private static BadConfigurationException Bad(string key, string what) => new(HostTexts.ConfigBad.With(key, what));
}
