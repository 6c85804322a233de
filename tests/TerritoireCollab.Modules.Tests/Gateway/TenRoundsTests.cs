using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Gateway;

/// <summary>
/// A member who never signs in reads and writes in a thread for ten rounds, by mail alone; then the tree that a mail program makes of the mailbox is the
/// tree of the site. TERRITOIRE_TEST_MAILHOST="127.0.0.1 2525 1143 membre1@test.local test" names a server to try on too: host, SMTP port, IMAP port,
/// the member's account and its password, which is also that of the account « reponse » there, where answers go.
/// </summary>
public sealed partial class TenRoundsTests(ITestOutputHelper output)
{
    private const int Rounds = 10;

    [Fact]
    public async Task M11TenRounds_ThroughTheFolder_OneTreeEqualToTheSites()
    {
        await using var instance = await Instance.StartAsync(settings: MailIn.Settings);
        await using var mailbox = new FolderMailbox(instance);

        await LiveAsync(instance, mailbox, FolderMailbox.Address, "essai.invalid");
    }

    [Fact]
    public async Task M11TenRounds_ThroughARealServer_DovecotsTreeEqualToTheSites()
    {
        var named = Environment.GetEnvironmentVariable("TERRITOIRE_TEST_MAILHOST")?.Split(' ') ?? [];
        if (named.Length != 5) Assert.Skip("skipped: not here");

        var (host, smtp, imap, account, password) = (named[0], named[1], named[2], named[3], named[4]);
        var domain = account[(account.IndexOf('@', StringComparison.Ordinal) + 1)..];
        await using var instance = await Instance.StartAsync(jobs: true, settings:
        [
            ("Territoire:Mail:Transport", "Smtp"), ("Territoire:Mail:Smtp:Host", host), ("Territoire:Mail:Smtp:Port", smtp), ("Territoire:Mail:From", "espace@" + domain), ("Territoire:Mail:ReplyDomain", domain),
            ("Territoire:Mail:Inbox", "Imap"), ("Territoire:Mail:Imap:Host", host), ("Territoire:Mail:Imap:Port", imap), ("Territoire:Mail:Imap:User", "reponse@" + domain), ("Territoire:Mail:Imap:Password", password),
        ]);
        await using var mailbox = await ServerMailbox.OpenAsync(host, int.Parse(smtp, CultureInfo.InvariantCulture), int.Parse(imap, CultureInfo.InvariantCulture), account, password);

        await LiveAsync(instance, mailbox, account, domain);
    }

    private async Task LiveAsync(Instance instance, IMailbox mailbox, string address, string domain)
    {
        var scene = new Scene(instance);
        var (owner, member) = (await scene.MemberAsync("Odile Dubois"), await scene.MemberAsync("Marc Tesson"));
        await using (var db = instance.Open(Viewer.System))
            await db.Members.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Email, address).SetProperty(m => m.NormalizedEmail, address.ToUpperInvariant()));
        var group = await scene.GroupAsync("Vie locale", owner);
        await scene.JoinAsync(group, member, level: MailLevel.Everything);
        var title = $"Dix tours {Guid.NewGuid():N}"[..20];
        var topic = await scene.TopicAsync(group, owner, title, "Qui vient samedi ?");

        var times = new List<TimeSpan>();
        for (var round = 1; round <= Rounds; round++)
        {
            var got = await mailbox.NextAsync(title);
            var watch = Stopwatch.StartNew();
            await mailbox.SendAsync(AnswerTo(got, address, $"Tour {round}, par courriel."), got.ReplyTo);
            var mine = await UntilAsync(instance, mailbox, topic, 2 * round - 1);
            times.Add(watch.Elapsed);
            // Now and then under an answer that is older.
            await scene.AnswerAsync(topic, owner, $"Tour {round}, sur le site.", round % 4 == 0 ? 1 : mine);
        }

        await mailbox.NextAsync(title);
        output.WriteLine($"From delivery to thread: median {times.Order().ElementAt(Rounds / 2).TotalSeconds:0.00} s, longest {times.Max().TotalSeconds:0.00} s");
        await using var all = instance.Open(Viewer.System);
        var comments = await all.Comments.AsNoTracking().Where(c => c.Item.ShortId == topic && c.Kind == CommentKind.Message).OrderBy(c => c.Number).ToListAsync();
        Assert.Equal(2 * Rounds, comments.Count);
        Assert.Equal(Rounds, comments.Count(c => c.AuthorId == member.Id));
        var posted = await all.PostedByMail.Where(p => p.CommentId != null).ToDictionaryAsync(p => p.CommentId!.Value, p => p.MessageId!);
        string IdOf(int number) => number == 0 ? $"fil.{topic}@{domain}" : posted.GetValueOrDefault(comments[number - 1].Id) ?? $"fil.{topic}.msg.{number}@{domain}";
        var site = comments.Select(c => $"{IdOf(c.Number)} < {IdOf(c.ParentNumber ?? 0)}").Order(StringComparer.Ordinal).ToList();
        var tree = (await mailbox.TreeAsync(title)).Where(b => b.Parent is not null).Select(b => $"{b.Id} < {b.Parent}").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(site, tree);
    }

    private static async Task<int> UntilAsync(Instance instance, IMailbox mailbox, string topic, int number)
    {
        var patience = Stopwatch.StartNew();
        while (patience.Elapsed < TimeSpan.FromSeconds(60))
        {
            await mailbox.WorkAsync();
            await using var db = instance.Open(Viewer.System);
            if (await db.Comments.AnyAsync(c => c.Item.ShortId == topic && c.Number == number)) return number;
            await Task.Delay(20);
        }

        throw new InvalidOperationException($"Answer {number} did not arrive within a minute.");
    }

    // As a mail program answers: the parent last, below a quote.
    private static SentMail AnswerTo(GotMail got, string from, string text) => new()
    {
        From = from,
        Name = "Marc Tesson",
        To = got.ReplyTo,
        Subject = "Re: " + got.Subject,
        Text = $"{text}\n\nLe sam. 28 nov. 2026 à 09:00, Vie locale <espace@essai.invalid> a écrit :\n\n> Un message.\n> Et sa suite.\n",
        Headers = [$"In-Reply-To: <{got.Id}>", $"References: {string.Join(' ', got.References.Append(got.Id).Select(r => $"<{r}>"))}"],
    };

    private sealed record GotMail(string Id, string Subject, string ReplyTo, IReadOnlyList<string> References)
    {
        public static GotMail Of(string raw)
        {
            var head = Fold().Replace(raw.ReplaceLineEndings("\r\n").Split("\r\n\r\n", 2)[0], " ");
            string Field(string name) => head.Split("\r\n").Where(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(l => l[(name.Length + 1)..].Trim()).FirstOrDefault() ?? "";
            var reply = Field("Reply-To");
            return new(Field("Message-ID").Trim('<', '>'), Platform.Mail.MailSorting.OneLine(Testing.ReceivedMail.Words(Field("Subject"))), Address().Match(reply).Value, [.. Field("References").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Trim('<', '>'))]);
        }
    }

    private interface IMailbox : IAsyncDisposable
    {
        Task<GotMail> NextAsync(string title);
        Task SendAsync(SentMail mail, string to);
        Task WorkAsync();
        Task<IReadOnlyList<(string Id, string? Parent)>> TreeAsync(string title);
    }

    /// <summary>The folders of an instance, and the tree by RFC 5256 where every mail is there: the last reference is the parent.</summary>
    private sealed class FolderMailbox(Instance instance) : IMailbox
    {
        public const string Address = "marc@essai.invalid";

        private readonly List<GotMail> _mails = [];
        private int _read;

        public async Task<GotMail> NextAsync(string title)
        {
            await instance.DecideAsync();
            await instance.SettleAsync();
            var got = GotMail.Of(instance.Mails().Where(m => Letter.Of(m).To == Address && GotMail.Of(m).Subject.Contains(title, StringComparison.Ordinal)).ElementAt(_read++));
            _mails.Add(got);
            return got;
        }

        public Task SendAsync(SentMail mail, string to)
        {
            _mails.Add(GotMail.Of(Encoding.UTF8.GetString(mail.ToBytes())));
            return instance.DropAsync(mail.ToBytes());
        }

        public Task WorkAsync() => instance.TreatMailAsync();

        public Task<IReadOnlyList<(string Id, string? Parent)>> TreeAsync(string title) =>
            Task.FromResult<IReadOnlyList<(string, string?)>>([.. _mails.Select(m => (m.Id, m.References.Count == 0 ? null : m.References[^1]))]);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>A mailbox on a real server, by plain SMTP and IMAP: what a mail program does, and the tree that the server itself makes.</summary>
    private sealed partial class ServerMailbox : IMailbox
    {
        private readonly TcpClient _imap = new();
        private readonly HashSet<string> _known = [];
        private string _host = "", _account = "";
        private int _smtp, _tag;
        private StreamReader _reader = null!;

        public static async Task<ServerMailbox> OpenAsync(string host, int smtp, int imap, string account, string password)
        {
            var box = new ServerMailbox { _host = host, _smtp = smtp, _account = account };
            await box._imap.ConnectAsync(host, imap);
            box._reader = new StreamReader(box._imap.GetStream(), Encoding.Latin1);
            await box._reader.ReadLineAsync();
            await box.AskAsync($"LOGIN {account} {password}");
            await box.AskAsync("SELECT INBOX");
            return box;
        }

        public async Task<GotMail> NextAsync(string title)
        {
            var patience = Stopwatch.StartNew();
            while (patience.Elapsed < TimeSpan.FromSeconds(60))
            {
                await AskAsync("NOOP");
                foreach (var uid in await UidsAsync(title))
                {
                    var got = GotMail.Of(await HeadAsync(uid));
                    if (got.ReplyTo.Length > 0 && _known.Add(got.Id)) return got;
                }

                await Task.Delay(50);
            }

            throw new InvalidOperationException("No mail came within a minute.");
        }

        public async Task SendAsync(SentMail mail, string to)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(_host, _smtp);
            using var reader = new StreamReader(client.GetStream());
            async Task SayAsync(string line)
            {
                await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"));
                for (var answer = await reader.ReadLineAsync(); answer is ['2' or '3', _, _, '-', ..]; answer = await reader.ReadLineAsync()) ;
            }

            await reader.ReadLineAsync();
            await SayAsync("EHLO poste.invalid");
            await SayAsync($"MAIL FROM:<{_account}>");
            await SayAsync($"RCPT TO:<{to}>");
            // The copy that a mail program keeps of what it sends.
            await SayAsync($"RCPT TO:<{_account}>");
            await SayAsync("DATA");
            await SayAsync(Encoding.UTF8.GetString(mail.ToBytes()).TrimEnd('\r', '\n') + "\r\n.");
            await SayAsync("QUIT");
        }

        public Task WorkAsync() => Task.CompletedTask;

        public async Task<IReadOnlyList<(string Id, string? Parent)>> TreeAsync(string title)
        {
            var patience = Stopwatch.StartNew();
            while ((await UidsAsync(title)).Count < (2 * Rounds) + 1 && patience.Elapsed < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(100);
                await AskAsync("NOOP");
            }

            var answer = (await AskAsync($"UID THREAD REFERENCES UTF-8 SUBJECT \"{title}\"")).Single(l => l.StartsWith("* THREAD", StringComparison.Ordinal));
            var (edges, at) = (new List<(string Id, string? Parent)>(), answer.IndexOf('(', StringComparison.Ordinal));
            Assert.DoesNotContain(0, Depths(answer[at..]).Skip(1));
            var ids = new Dictionary<string, string>();
            foreach (Match uid in Number().Matches(answer[at..])) ids[uid.Value] = GotMail.Of(await HeadAsync(uid.Value)).Id;
            Read(answer, ref at, null, (child, parent) => edges.Add((ids[child], parent is null ? null : ids[parent])));
            return edges;
        }

        public ValueTask DisposeAsync()
        {
            _imap.Dispose();
            return ValueTask.CompletedTask;
        }

        // (1 2 (3)(4 5)): each number is below the one before it, each bracket below the last number outside of it.
        private static void Read(string text, ref int at, string? parent, Action<string, string?> edge)
        {
            while (at < text.Length && text[at] == '(')
            {
                at++;
                var above = parent;
                while (text[at] != ')')
                {
                    if (text[at] == '(') Read(text, ref at, above, edge);
                    else if (text[at] == ' ') at++;
                    else
                    {
                        var end = text.IndexOfAny([' ', '(', ')'], at);
                        edge(text[at..end], above);
                        (above, at) = (text[at..end], end);
                    }
                }

                at++;
            }
        }

        // Depth before each bracket: one thread has a single one at the top.
        private static IEnumerable<int> Depths(string text)
        {
            var depth = 0;
            foreach (var letter in text)
            {
                if (letter == '(') yield return depth++;
                else if (letter == ')') depth--;
            }
        }

        private async Task<IReadOnlyList<string>> UidsAsync(string title)
        {
            var line = (await AskAsync($"UID SEARCH SUBJECT \"{title}\"")).FirstOrDefault(l => l.StartsWith("* SEARCH", StringComparison.Ordinal)) ?? "";
            return [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(2)];
        }

        private async Task<string> HeadAsync(string uid)
        {
            var lines = await AskAsync($"UID FETCH {uid} (BODY.PEEK[HEADER])");
            return string.Join("\r\n", lines.Skip(1).TakeWhile(l => l.Length > 0)) + "\r\n\r\n";
        }

        private async Task<List<string>> AskAsync(string command)
        {
            var tag = $"a{++_tag}";
            await _imap.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{tag} {command}\r\n"));
            var lines = new List<string>();
            while (await _reader.ReadLineAsync() is { } line)
            {
                if (line.StartsWith(tag + " ", StringComparison.Ordinal)) return line.StartsWith(tag + " OK", StringComparison.Ordinal) ? lines : throw new InvalidOperationException(line);
                lines.Add(line);
            }

            throw new InvalidOperationException("The server hung up.");
        }

        [GeneratedRegex("[0-9]+")]
        private static partial Regex Number();
    }

    [GeneratedRegex("\r\n[ \t]+")]
    private static partial Regex Fold();

    [GeneratedRegex("[^<>\\s\"]+@[^<>\\s\"]+")]
    private static partial Regex Address();
}
