using TerritoireCollab.Letters.Writing;
using TerritoireCollab.Platform.Modules.Demo;

namespace TerritoireCollab.Letters.Demo;

/// <summary>The letters of the demo territory: what its animators wrote to their groups.</summary>
internal sealed class LetterSeed : IDemoSeed
{
    public int Order => 40;

    public Task SeedAsync(DemoContext context, CancellationToken cancellation)
    {
        var seeded = context.Texts.Read<LetterSource[]>("letters").Select(s => (Source: s, Post: Post(context, s))).ToList();
        var urgent = seeded.Where(s => s.Source.Urgent).Select(s => s.Post).ToHashSet(ReferenceEqualityComparer.Instance);
        return context.PublishAsync(
            seeded.Select(s => s.Post),
            (post, item, body) => [new Letter { Id = item.Id, Item = item, Body = post.Body, BodyHtml = body.Html, BodyRenderer = body.Renderer, IsUrgent = urgent.Contains(post) }],
            cancellation);
    }

    private static DemoPost Post(DemoContext context, LetterSource source)
    {
        var group = context.Groups.First(g => g.Slug == source.Group);
        var random = context.Random.Fork($"lettre/{source.Title}");
        var writers = group.WritersAt(source.DaysAgo);
        return new()
        {
            Kind = LettersModule.LetterKind,
            Group = group,
            Author = group.Animators[0],
            Title = source.Title,
            Body = source.Body,
            At = context.At(source.DaysAgo, source.Hour, source.Minute),
            Useful = random.Below(5),
            Answers = [.. source.Replies.Select((reply, index) => new DemoAnswer { Author = random.Pick(writers), At = context.At(source.DaysAgo, source.Hour + 1 + index, 10), Body = reply })],
        };
    }

    private sealed record LetterSource(string Group, string Title, int DaysAgo, int Hour, int Minute, bool Urgent, string Body, string[] Replies);
}
