using System.Text;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Modules.Demo;

namespace TerritoireCollab.Forum.Demo;

/// <summary>A written thread played by members of a group.</summary>
internal sealed class WrittenThread(DemoContext context, DemoGroup group, TopicSeed.ThreadSource source, int index)
{
    private const int NotesPercent = 58;

    private readonly DemoRandom _random = context.Random.Fork($"fil/{group.Slug}/{source.Title}");

    public TopicSeed.SeededTopic Topic(Minutes minutes, bool isMain)
    {
        var cast = Cast();
        var accepted = Array.FindIndex(source.Replies, r => r.Accepted);
        var post = new DemoPost
        {
            Kind = ForumModule.TopicKind,
            Group = group,
            Author = cast[source.Author],
            Title = source.Title,
            Body = Fill(source.Body, cast),
            At = context.At(source.DaysAgo, source.Hour, source.Minute),
            Audience = Audience(),
            Tags = source.Tags,
            IsPinned = source.Pinned,
            IsLocked = source.Closed,
            Thanks = source.Replies.Length > 2 ? _random.Below(6) : 0,
            Useful = source.Replies.Length > 2 ? _random.Below(5) : 0,
            Files = Files(minutes, isMain, cast),
            Answers = [.. source.Replies.Select(r => Answer(r, cast))],
        };
        return new TopicSeed.SeededTopic(post, source.Kind == "question", accepted < 0 ? null : accepted + 1);
    }

    private Audience Audience()
    {
        if (group.IsHidden) return Platform.Content.Audience.Group;
        if (index % 5 == 1) return Platform.Content.Audience.Public;
        return index % 5 == 3 ? Platform.Content.Audience.Platform : Platform.Content.Audience.Group;
    }

    private List<DemoFile> Files(Minutes minutes, bool isMain, Dictionary<string, DemoMember> cast)
    {
        var files = source.Attachments.Select(a => new DemoFile(a.Name, a.Type == "pdf" ? PlainPdf.Write(Path.GetFileNameWithoutExtension(a.Name).Replace('-', ' '), a.Text) : Encoding.UTF8.GetBytes(a.Text))).ToList();
        if (isMain) files.AddRange(minutes.OfMonthsBefore(group, source.DaysAgo));
        else if (files.Count == 0 && _random.Chance(NotesPercent)) files.Add(minutes.Note(group, source.Title, Fill(source.Body, cast)));
        return files;
    }

    private DemoAnswer Answer(TopicSeed.ReplySource reply, Dictionary<string, DemoMember> cast) => new()
    {
        Author = cast[reply.Author],
        At = context.At(reply.DaysAgo, reply.Hour, reply.Minute),
        Body = Fill(reply.Body, cast),
        ReplyTo = reply.ReplyTo + 1,
        Thanks = reply.Reactions?.Merci ?? 0,
        Useful = reply.Reactions?.Utile ?? 0,
    };

    private Dictionary<string, DemoMember> Cast()
    {
        var cast = new Dictionary<string, DemoMember>();
        var writers = group.WritersAt(source.DaysAgo);
        foreach (var (key, part) in source.Cast.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            var free = writers.Where(w => cast.Values.All(c => c.Id != w.Id && c.FirstName != w.FirstName)).ToList();
            cast.Add(key, Choose(free, part));
        }

        return cast;
    }

    // The part's own people first, then anyone whose gender suits, then anyone: a small group plays with those it has.
    private DemoMember Choose(List<DemoMember> free, TopicSeed.CastSource part)
    {
        var suited = free.Where(m => part.Gender is null || m.IsFeminine == (part.Gender == "f")).ToList();
        var animators = group.Animators.Select(a => a.Id).ToHashSet();
        var fitting = suited.Where(m => part.Role switch
        {
            "animateur" => animators.Contains(m.Id),
            "elu" => m.Role == DemoRole.Elected,
            "agent" => m.Role == DemoRole.Officer,
            "association" => m.Role == DemoRole.Association,
            "entreprise" => m.Role == DemoRole.Firm,
            _ => m.Role == DemoRole.PublicBody,
        }).ToList();
        var pool = fitting.Count > 0 ? fitting : suited.Count > 0 ? suited : free;
        var accounts = pool.Where(m => m.Account is not null).ToList();
        return accounts.Count > 0 && _random.Chance(30) ? _random.Pick(accounts) : _random.Pick(pool);
    }

    private static string Fill(string text, Dictionary<string, DemoMember> cast)
    {
        var filled = new StringBuilder(text);
        foreach (var (key, member) in cast) filled.Replace("{" + key + "}", member.FirstName);
        return filled.ToString();
    }
}
