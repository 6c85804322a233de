using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Forum;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;
using Activity = TerritoireCollab.Platform.Activities.Activity;

namespace TerritoireCollab.Benchmarks;

/// <summary>How long the daily summaries of all take at their hour, after a day on which much was written: <c>--summaries ACTIVITIES MEMBERS</c>.</summary>
internal static class SummaryMeasure
{
    private const int Groups = 20;
    private const int GroupsOfAMember = 5;
    private const int Answers = 9;
    private const int Rounds = 3;
    private static readonly DateTimeOffset Start = new(2026, 3, 10, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Due = new(2026, 3, 11, 6, 5, 0, TimeSpan.Zero);

    /// <summary>Measures and prints.</summary>
    public static async Task<int> RunAsync(int activities, int members)
    {
        var counter = new CommandCounter { OfJobsToo = true };
        await using var instance = await Instance.StartAsync(manualClock: true, adjust: counter.Watch);
        instance.Clock.Advance(Start - instance.Clock.GetUtcNow());
        await SeedAsync(instance, activities, members);
        instance.Clock.Advance(Due - instance.Clock.GetUtcNow());
        var worker = instance.Services.GetServices<IWorker>().Single(w => w.GetType().Name == "MakeDigests");
        Console.WriteLine($"{activities} activities in {Groups} groups, {members} members in {GroupsOfAMember} of them each, {Environment.ProcessorCount} cores, SQLite file");
        for (var round = 0; round < Rounds; round++)
        {
            await ForgetAsync(instance);
            GC.Collect();
            counter.Clear();
            var (before, start, cpu) = (Environment.WorkingSet, Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var made = await worker.RunOnceAsync(default);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            await using var db = instance.Open(Viewer.System);
            var (lines, size) = (await db.DigestLines.CountAsync(), await db.Mails.AverageAsync(m => m.HtmlBody.Length));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{made} summaries of {(double)lines / made:F0} contents and {size / 1000:F0} kB in {seconds:F2} s, {1000 * seconds / made:F1} ms each; {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:F2} s of CPU; {(double)counter.Commands.Count / made:F1} statements each; memory {before / 1048576} MiB before, {Environment.WorkingSet / 1048576} after"));
        }

        return 0;
    }

    // Everybody is to get it once more, as if this were the first time.
    private static async Task ForgetAsync(Instance instance)
    {
        await using var db = instance.Open(Viewer.System);
        await db.DigestLines.ExecuteDeleteAsync();
        await db.Digests.ExecuteDeleteAsync();
        await db.Mails.ExecuteDeleteAsync();
        await db.Pulses.Where(p => p.Name == PulseNames.Digest).ExecuteDeleteAsync();
        db.Pulses.Add(new Pulse { Name = PulseNames.Digest, LastAt = Start.UtcDateTime, LastSuccessAt = Start.UtcDateTime });
        await db.SaveChangesAsync();
    }

    private static async Task SeedAsync(Instance instance, int activities, int count)
    {
        var scene = new Scene(instance);
        var members = new List<Member>();
        for (var i = 0; i < count; i++) members.Add(await scene.MemberAsync($"Membre {i}"));
        for (var g = 0; g < Groups; g++)
        {
            var here = members.Where((_, i) => (i + Groups - g) % Groups < GroupsOfAMember).ToList();
            var group = await scene.GroupAsync($"Groupe {g}", here[0], members: [.. here.Skip(1)]);
            await WriteAsync(instance, group, here, activities / Groups / (Answers + 1));
        }

        await using var db = instance.Open(Viewer.System);
        await db.Memberships.ExecuteUpdateAsync(set => set.SetProperty(m => m.MailLevel, MailLevel.DailyDigest));
    }

    private static async Task WriteAsync(Instance instance, Group group, List<Member> members, int threads)
    {
        await using var db = instance.Open(Viewer.System);
        for (var t = 0; t < threads; t++)
        {
            var (author, at) = (members[t % members.Count], Start.UtcDateTime.AddMinutes(5 + (1000.0 * t / threads)));
            var item = new ContentItem
            {
                Id = Guid.CreateVersion7(), ShortId = ShortIds.New(), Kind = ForumModule.TopicKind, GroupId = group.Id, AuthorId = author.Id, Audience = Audience.Group, Title = $"Un sujet de discussion ordinaire, le {t} du jour",
                Excerpt = "Les premiers mots d’un message comme on en écrit : une question, deux phrases, et merci d’avance.", CreatedAt = at, UpdatedAt = at, LastActivityAt = at, LastActorId = author.Id, CommentCount = Answers, LastCommentNumber = Answers,
            };
            db.Add(item);
            db.Add(Happened(ActivityKinds.ItemCreated, item, null, author, at));
            for (var n = 1; n <= Answers; n++)
            {
                var (who, when) = (members[(t + n) % members.Count], at.AddMinutes(n));
                var body = $"Réponse {n} : une à deux phrases d’avis, qui disent **oui**, et pourquoi. " + string.Concat(Enumerable.Repeat("Des précisions suivent. ", n));
                var comment = new Comment { Id = Guid.CreateVersion7(), ItemId = item.Id, Number = n, RootNumber = n, AuthorId = who.Id, Body = body, BodyHtml = $"<p>{body}</p>", BodyRenderer = Bodies.Renderer, CreatedAt = when };
                db.Add(comment);
                db.Add(Happened(ActivityKinds.CommentCreated, item, comment, who, when));
            }
        }

        await db.SaveChangesAsync();
    }

    private static Activity Happened(string kind, ContentItem item, Comment? comment, Member actor, DateTime at) =>
        new() { Kind = kind, ItemId = item.Id, CommentId = comment?.Id, GroupId = item.GroupId, ActorId = actor.Id, At = at, DispatchedAt = at };
}
