using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Mime.Trimming;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>M2, M4, M11: identifiers, subjects and what can be answered, on the mails of contents.</summary>
public sealed partial class MailNormTests : IAsyncLifetime
{
    private DigestStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await DigestStage.StartAsync("2026-11-23 10:00", ("Territoire:Mail:Inbox", "Folder"));

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task M2_PostThatCameByMail_KeepsItsIdentifierAndIsReferredToByIt()
    {
        var (author, writer, reader) = (await _stage.Scene.MemberAsync("Anne Essai"), await _stage.Scene.MemberAsync("Zoé Essai"), await _stage.Scene.MemberAsync("Luc Essai"));
        var group = await _stage.GroupAsync(author, MailLevel.Everything, writer, reader);
        var topic = await _stage.Scene.TopicAsync(group, author, "Un fil");
        var number = await _stage.Scene.AnswerAsync(topic, writer, "Par courriel.");
        await using (var db = _stage.Instance.Open(Viewer.System))
        {
            var comment = await db.Comments.SingleAsync(c => c.Item.ShortId == topic);
            db.PostedByMail.Add(new PostedByMail { ItemId = comment.ItemId, CommentId = comment.Id, MessageId = "a1b2@messagerie.invalid" });
            await db.SaveChangesAsync();
        }

        await _stage.Scene.AnswerAsync(topic, author, "À son tour.", replyTo: number);
        await _stage.Instance.WorkAsync();

        var mails = _stage.MailsTo(reader);
        Assert.Equal("<a1b2@messagerie.invalid>", Assert.Single(mails, m => m.Text.Contains("Par courriel.", StringComparison.Ordinal) && !m.Text.Contains("À son tour.", StringComparison.Ordinal)).Field("Message-ID"));
        var last = Assert.Single(mails, m => m.Text.Contains("À son tour.", StringComparison.Ordinal));
        Assert.Equal(("<a1b2@messagerie.invalid>", $"<fil.{topic}@territoire.invalid> <a1b2@messagerie.invalid>"), (last.Field("In-Reply-To"), last.Field("References")));
        Assert.Equal($"<fil.{topic}.msg.2@territoire.invalid>", last.Field("Message-ID"));
    }

    [Fact]
    public async Task M4_SubjectsOfAnySigns_OneInAThreadAndEachWordReadableAlone()
    {
        string[] signs = ["é", "à", "ç", "œ", "« ", " »", "’", "–", "👩‍🌾", "🏳️‍🌈", "e\u0301", "ﷺ", "Z", " ", "日", "\"", "=?", "?="];
        var draw = new Random(20261123);
        var (author, reader) = (await _stage.Scene.MemberAsync("Anne Essai"), await _stage.Scene.MemberAsync("Luc Essai"));
        var group = await _stage.GroupAsync(author, MailLevel.Everything, reader);
        for (var i = 0; i < 40; i++)
        {
            var title = $"{i:00}" + string.Concat(Enumerable.Range(0, draw.Next(1, 60)).Select(_ => signs[draw.Next(signs.Length)]));
            var topic = await _stage.Scene.TopicAsync(group, author, title);
            await _stage.Scene.AnswerAsync(topic, author, "Une réponse.");
        }

        await _stage.Instance.WorkAsync();

        var threads = _stage.MailsTo(reader).GroupBy(m => Thread().Match(m.Field("Message-ID")).Value).ToList();
        Assert.Equal(40, threads.Count);
        Assert.All(threads, t => Assert.Equal(2, t.Count()));
        Assert.All(threads, t => Assert.Single(t.Select(m => Normalised(m.Subject)).Distinct()));
        Assert.All(threads.SelectMany(t => t), m =>
        {
            Assert.StartsWith("[Groupe] ", Normalised(m.Subject), StringComparison.Ordinal);
            Assert.InRange(Normalised(m.Subject).Length, 10, 70);
            Assert.All(Word().Matches(m.Field("Subject")), w => Assert.DoesNotContain('\uFFFD', ReceivedMail.Words(w.Value)));
        });
    }

    [Fact]
    public async Task M11_WhereMailComesIn_MarkerFirstAndTheRowSaysWhatAnAnswerAnswers()
    {
        var (author, all, news) = (await _stage.Scene.MemberAsync("Anne Essai"), await _stage.Scene.MemberAsync("Luc Essai"), await _stage.Scene.MemberAsync("Zoé Essai"));
        var group = await _stage.GroupAsync(author, MailLevel.Everything, all);
        await _stage.Scene.JoinAsync(group, news, level: MailLevel.NewThreads);
        var topic = await _stage.Scene.TopicAsync(group, author, "Un fil", files: await _stage.Scene.FileAsync("Délibération.txt", "Le conseil décide."));
        await _stage.Scene.AnswerAsync(topic, author, "Une réponse.");
        await _stage.Instance.WorkAsync();

        await using var db = _stage.Instance.Open(Viewer.System);
        var rows = await db.Mails.Where(m => m.MemberId == all.Id).OrderBy(m => m.AnswersNumber).ToListAsync();
        Assert.Equal([null, 1], rows.Select(r => r.AnswersNumber));
        Assert.All(rows, r => Assert.True(r.IsAnswerable));
        Assert.All(rows, r => Assert.StartsWith(ReplyTrimmer.Marker + "\n", r.TextBody, StringComparison.Ordinal));
        Assert.All(rows, r => Assert.Contains(System.Net.WebUtility.HtmlEncode(ReplyTrimmer.Marker)[..3], r.HtmlBody, StringComparison.Ordinal));
        // Whoever gets every message gets the files too; the others a link.
        Assert.Single(rows, r => r.Files is not null);
        Assert.All(await db.Mails.Where(m => m.MemberId == news.Id).ToListAsync(), r => Assert.Null(r.Files));
        Assert.Contains("Délibération.txt", rows[0].TextBody, StringComparison.Ordinal);
    }

    private static string Normalised(string subject) => subject.StartsWith("Re: ", StringComparison.Ordinal) ? subject[4..] : subject;

    [GeneratedRegex(@"(?<=fil\.)\w+")]
    private static partial Regex Thread();

    [GeneratedRegex(@"=\?utf-8\?[QBqb]\?[^? ]*\?=")]
    private static partial Regex Word();
}
