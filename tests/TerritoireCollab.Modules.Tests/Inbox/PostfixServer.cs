using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>
/// A Postfix of our own on the loopback: its configuration, queue and maildir in a folder that goes with it; nothing of the machine's
/// is read or changed. Needs root, as Postfix does, and Debian's package, which tests/run.sh installs; tests skip elsewhere.
/// </summary>
public sealed class PostfixServer : IAsyncDisposable
{
    /// <summary>Host name that the certificate bears.</summary>
    public const string Host = "localhost";

    private const string Program = "/usr/sbin/postfix";
    private const string Daemons = "/usr/lib/postfix/sbin";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("tc-postfix-").FullName;

    private PostfixServer()
    {
    }

    /// <summary>Port that offers STARTTLS.</summary>
    public int Port { get; } = FreePort();

    /// <summary>Port that offers none.</summary>
    public int ClearPort { get; } = FreePort();

    /// <summary>Certificate of the authority that signed the server's, as a PEM file.</summary>
    public string Authority => Path.Combine(_folder, "tls", "ca.pem");

    /// <summary>What the server wrote down.</summary>
    public string Log => File.Exists(Path.Combine(_folder, "mail.log")) ? File.ReadAllText(Path.Combine(_folder, "mail.log")) : "";

    /// <summary>Writes the configuration; nothing runs yet. Skips the test where there is no Postfix that we may start.</summary>
    public static async Task<PostfixServer> PrepareAsync()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Program) || !Directory.Exists(Daemons) || Environment.UserName != "root") Assert.Skip("skipped: not here");

        var server = new PostfixServer();
        await server.WriteAsync();
        return server;
    }

    /// <summary>Starts it.</summary>
    public async Task StartAsync()
    {
        await RunAsync("start");
        await UntilAsync(() => Answers(Port) && Answers(ClearPort), "Postfix does not listen");
    }

    /// <summary>Stops it; its queue stays.</summary>
    public Task StopAsync() => RunAsync("stop");

    /// <summary>Waits for <paramref name="count"/> mails in the maildir, and returns their files in the order of arrival.</summary>
    public async Task<IReadOnlyList<string>> DeliveredAsync(int count)
    {
        var box = Path.Combine(_folder, "boxes", "all", "new");
        await UntilAsync(() => Directory.Exists(box) && Directory.GetFiles(box).Length >= count, $"{count} mails do not arrive");
        return [.. Directory.GetFiles(box).OrderBy(File.GetLastWriteTimeUtc).ThenBy(f => f, StringComparer.Ordinal)];
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await RunAsync("stop");
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WriteAsync()
    {
        foreach (var name in (string[])["etc", "spool", "lib", "boxes", "tls"]) Directory.CreateDirectory(Path.Combine(_folder, name));
        WriteCertificate(Path.Combine(_folder, "tls"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "etc", "boxes"), "/^inconnu/ REJECT\n/^[^@]+@essai\\.invalid$/ all/\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "etc", "refused"), "/^inconnu/ 550 5.1.1 Compte inconnu\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "etc", "main.cf"), $"""
            compatibility_level = 3.6
            config_directory = {_folder}/etc
            queue_directory = {_folder}/spool
            data_directory = {_folder}/lib
            command_directory = /usr/sbin
            daemon_directory = {Daemons}
            mail_owner = postfix
            setgid_group = postdrop
            maillog_file = {_folder}/mail.log
            maillog_file_prefixes = {_folder}
            syslog_name = essai
            myhostname = mail.essai.invalid
            mydestination =
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            mynetworks = 127.0.0.0/8
            alias_maps =
            alias_database =
            local_recipient_maps =
            local_transport = error:5.1.1 no local delivery here
            default_transport = error:5.7.1 nothing leaves this machine
            relay_transport = error:5.7.1 nothing leaves this machine
            virtual_mailbox_domains = essai.invalid
            virtual_mailbox_base = {_folder}/boxes
            virtual_mailbox_maps = regexp:{_folder}/etc/boxes
            virtual_minimum_uid = 1
            virtual_uid_maps = static:8
            virtual_gid_maps = static:8
            virtual_mailbox_limit = 0
            mailbox_size_limit = 0
            smtpd_recipient_restrictions = check_recipient_access regexp:{_folder}/etc/refused, permit_mynetworks, reject
            smtpd_tls_security_level = may
            smtpd_tls_received_header = yes
            smtpd_tls_cert_file = {_folder}/tls/cert.pem
            smtpd_tls_key_file = {_folder}/tls/key.pem
            disable_dns_lookups = yes
            smtpd_client_connection_count_limit = 0

            """);
        await File.WriteAllTextAsync(Path.Combine(_folder, "etc", "master.cf"), $"""
            127.0.0.1:{Port} inet n - n - - smtpd
            127.0.0.1:{ClearPort} inet n - n - - smtpd
              -o smtpd_tls_security_level=none
            cleanup   unix  n - n -  0 cleanup
            qmgr      unix  n - n 300 1 qmgr
            tlsmgr    unix  - - n 1000? 1 tlsmgr
            rewrite   unix  - - n -  - trivial-rewrite
            bounce    unix  - - n -  0 bounce
            defer     unix  - - n -  0 bounce
            trace     unix  - - n -  0 bounce
            verify    unix  - - n -  1 verify
            proxymap  unix  - - n -  - proxymap
            showq     unix  n - n -  - showq
            error     unix  - - n -  - error
            retry     unix  - - n -  - error
            virtual   unix  - n n -  - virtual
            anvil     unix  - - n -  1 anvil
            postlog   unix-dgram n - n - 1 postlogd

            """);
        await ShellAsync($"chmod 755 '{_folder}' && chown 8:8 '{_folder}/boxes' && chown postfix '{_folder}/lib' && chmod 700 '{_folder}/lib'");
    }

    private static void WriteCertificate(string folder)
    {
        var (from, until) = (DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90));
        using var authorityKey = RSA.Create(2048);
        var authority = new CertificateRequest("CN=Essai", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = authority.CreateSelfSigned(from, until);
        using var key = RSA.Create(2048);
        var server = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        names.AddIpAddress(IPAddress.Loopback);
        server.CertificateExtensions.Add(names.Build());
        using var signed = server.Create(root, from, until, [1, 2, 3, 4]);
        File.WriteAllText(Path.Combine(folder, "ca.pem"), root.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "cert.pem"), signed.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    // The daemons keep what they are given as output: a file, so that nobody waits for its end.
    private Task RunAsync(string gesture) => ShellAsync($"{Program} -c '{_folder}/etc' {gesture} > '{_folder}/{gesture}.log' 2>&1 < /dev/null; true");

    private static async Task ShellAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]))!;
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
    }

    private async Task UntilAsync(Func<bool> isSo, string otherwise)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            if (watch.Elapsed > Longest) throw new InvalidOperationException($"{otherwise}:\n{Log}");
            await Task.Delay(50);
        }
    }

    private static bool Answers(int port)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
