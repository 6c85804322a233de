using TerritoireCollab.Forum.Topics;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules.Demo;

namespace TerritoireCollab.Forum.Demo;

/// <summary>The threads of the demo territory: written ones in the first nine groups, and as many made of phrases as the scale asks for.</summary>
internal sealed class TopicSeed : IDemoSeed
{
    private const int ThreadsInCopy = 500;
    private const double MeanAnswers = 10.4;
    private const int MostAnswers = 90;
    private const int LongestThread = 300;

    public int Order => 10;

    public async Task SeedAsync(DemoContext context, CancellationToken cancellation)
    {
        var written = Written(context).ToList();
        await PublishAsync(context, written, cancellation);
        if (context.Scale == 1) return;

        var files = written.SelectMany(t => t.Post.Files).ToList();
        foreach (var copy in context.Groups.GroupBy(g => g.Copy).OrderBy(c => c.Key))
            await PublishAsync(context, Bulk(context, [.. copy], files), cancellation);
    }

    private static Task PublishAsync(DemoContext context, IReadOnlyList<SeededTopic> topics, CancellationToken cancellation)
    {
        var byPost = topics.ToDictionary<SeededTopic, DemoPost>(t => t.Post, ReferenceEqualityComparer.Instance);
        return context.PublishAsync(topics.Select(t => t.Post), (post, item, body) => [byPost[post].Entity(item, body)], cancellation);
    }

    private static IEnumerable<SeededTopic> Written(DemoContext context)
    {
        var minutes = new Minutes(context);
        foreach (var source in context.Texts.Read<GroupSource[]>("threads"))
        {
            var group = context.Groups.First(g => g.Slug == source.Group);
            var main = source.Threads.FirstOrDefault(t => t.Pinned) ?? source.Threads[0];
            foreach (var (index, thread) in source.Threads.Index())
                yield return new WrittenThread(context, group, thread, index).Topic(minutes, isMain: thread == main);
        }
    }

    private static List<SeededTopic> Bulk(DemoContext context, DemoGroup[] groups, IReadOnlyList<DemoFile> files)
    {
        var random = context.Random.Fork($"fils/{groups[0].Copy}");
        var places = groups.SelectMany(g => Enumerable.Repeat(g, g.Seats.Count)).ToArray();
        return [.. Enumerable.Range(0, ThreadsInCopy).Select(n => BulkTopic(context, random.Fork($"{n}"), random.Pick(places), files, n == 0 ? LongestThread : null))];
    }

    private static SeededTopic BulkTopic(DemoContext context, DemoRandom random, DemoGroup group, IReadOnlyList<DemoFile> files, int? length)
    {
        var subject = context.Phrases.Subject(random, group.Kind == GroupKind.Firms ? "entreprises" : "collectivites");
        var (isQuestion, title) = context.Phrases.Title(random, subject);
        var start = random.Between(3, 700);
        var writers = group.WritersAt(start);
        if (writers.Count < 3) writers = group.Animators;
        var count = length ?? Math.Min(MostAnswers, (int)(-Math.Log(1 - random.Fraction()) * MeanAnswers));
        var span = Math.Min(start - 1, random.Between(1, 25));
        var moments = Enumerable.Range(0, count)
            .Select(_ => context.At(random.Between(start - span, start - 1), random.Between(7, 21), random.Below(60)))
            .Order().ToArray();

        var answers = new List<DemoAnswer>(count);
        for (var number = 1; number <= count; number++)
            answers.Add(new DemoAnswer
            {
                Author = random.Pick(writers),
                At = moments[number - 1],
                Body = context.Phrases.Body(random, subject),
                ReplyTo = number > 1 && random.Chance(35) ? random.Between(Math.Max(1, number - 12), number - 1) : null,
                Thanks = random.Chance(20) ? random.Between(1, 3) : 0,
                Useful = random.Chance(15) ? random.Between(1, 3) : 0,
            });

        var post = new DemoPost
        {
            Kind = ForumModule.TopicKind,
            Group = group,
            Author = random.Pick(writers),
            Title = title,
            Body = context.Phrases.Body(random, subject) + "\n\n" + context.Phrases.Body(random, subject),
            At = context.At(start, random.Between(7, 20), random.Below(60)),
            Audience = group.IsHidden ? Audience.Group : random.Below(10) switch { 0 => Audience.Public, 1 or 2 => Audience.Platform, _ => Audience.Group },
            Tags = random.Sample(group.Tags, random.Between(0, 2)),
            IsLocked = random.Chance(2),
            Thanks = random.Below(3),
            Useful = random.Below(3),
            Files = files.Count > 0 && random.Chance(24) ? [random.Pick(files)] : [],
            Answers = answers,
        };
        return new SeededTopic(post, isQuestion, isQuestion && count > 0 && random.Chance(55) ? random.Between(1, count) : null);
    }

    internal sealed record SeededTopic(DemoPost Post, bool IsQuestion, int? AcceptedNumber)
    {
        public Topic Entity(ContentItem item, RenderedBody body) => new()
        {
            Id = item.Id, Body = Post.Body, BodyHtml = body.Html, BodyRenderer = body.Renderer, IsQuestion = IsQuestion, AcceptedNumber = AcceptedNumber,
        };
    }

    internal sealed record GroupSource(string Group, ThreadSource[] Threads);

    internal sealed record ThreadSource(
        string Title, string Kind, string[] Tags, Dictionary<string, CastSource> Cast, string Author, int DaysAgo, int Hour, int Minute,
        bool Pinned, bool Closed, string Body, FileSource[] Attachments, ReplySource[] Replies);

    internal sealed record CastSource(string Role, string? Gender);

    internal sealed record FileSource(string Name, string Type, string Text);

    internal sealed record ReplySource(string Author, int DaysAgo, int Hour, int Minute, int? ReplyTo, bool Accepted, ReactionSource? Reactions, string Body);

    internal sealed record ReactionSource(int Merci, int Utile);
}
