using TerritoireCollab.Files.Folders;
using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Files.Texts;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Modules.Demo;

namespace TerritoireCollab.Files.Demo;

/// <summary>The files of the demo territory: models, tables and minutes in folders, some of them in several versions.</summary>
internal sealed class FileSeed : IDemoSeed
{
    public int Order => 30;

    public async Task SeedAsync(DemoContext context, CancellationToken cancellation)
    {
        var sources = context.Texts.Read<FileSource[]>("files");
        var folders = new Dictionary<string, FileFolder>();
        var made = new Dictionary<DemoPost, MadeFile>(ReferenceEqualityComparer.Instance);
        foreach (var (source, group) in sources.SelectMany(s => context.Groups.Where(g => g.Pattern == s.Group), (s, g) => (s, g)))
        {
            var folder = FolderOf(context, group, source, folders);
            var post = Post(context, group, source);
            var versions = new List<(Guid File, long Length)>();
            for (var number = 1; number <= source.Versions.Length + 1; number++) versions.Add(await StoreAsync(context, source, number, post.At, cancellation));
            made.Add(post, new(source, folder?.Id, versions, ToWriteIn(group, post)));
        }

        await context.InsertAsync(folders.Values, cancellation);
        await context.PublishAsync(made.Keys, (post, item, body) => Rows(context, post, item, body, made[post]), cancellation);
    }

    private static IEnumerable<object> Rows(DemoContext context, DemoPost post, ContentItem item, RenderedBody body, MadeFile made)
    {
        var (source, last) = (made.Source, made.Versions.Count);
        var file = new GroupFile
        {
            Id = item.Id,
            Item = item,
            FolderId = made.Folder,
            Name = source.Name,
            NameKey = GroupFile.KeyOf(source.Name),
            FileId = made.Versions[^1].File,
            VersionNumber = last,
            Accessible = source.Accessible,
            Downloads = (source.DaysAgo * 7) % 43,
        };
        file.Take(post.Body, body);
        yield return file;
        for (var number = 1; number <= last; number++)
            yield return new FileVersion
            {
                Id = context.NewKey(),
                ItemId = item.Id,
                Number = number,
                FileId = made.Versions[number - 1].File,
                Name = source.Name,
                Comment = number == 1 ? null : source.Versions[number - 2],
                AuthorId = number == 1 ? post.Author.Id : made.Other.Id,
                CreatedAt = context.Past(post.At.AddDays((number - 1) * 5)),
            };
        item.UpdatedAt = context.Past(post.At.AddDays((last - 1) * 5));
        yield return new FileText { ItemId = item.Id, State = FileTextState.Read, Text = DemoDocument.TextOf(source) };
    }

    private static async Task<(Guid File, long Length)> StoreAsync(DemoContext context, FileSource source, int number, DateTime at, CancellationToken cancellation)
    {
        var file = new DemoFile(source.Name, DemoDocument.Write(source, number, at));
        return (await context.StoreAsync(file, at, cancellation), file.Bytes.Length);
    }

    private static FileFolder? FolderOf(DemoContext context, DemoGroup group, FileSource source, Dictionary<string, FileFolder> folders)
    {
        FileFolder? around = null;
        for (var depth = 1; depth <= source.Folder.Length; depth++)
        {
            var key = $"{group.Slug}/{string.Join('/', source.Folder.Take(depth))}";
            if (!folders.TryGetValue(key, out var folder))
            {
                folder = CreateFolder.New(group.Id, around?.Id, source.Folder[depth - 1], group.Animators[0].Id, context.At(source.DaysAgo + 5, 9, 0));
                folder.Id = context.NewKey();
                folders.Add(key, folder);
            }

            around = folder;
        }

        return around;
    }

    private static DemoPost Post(DemoContext context, DemoGroup group, FileSource source)
    {
        var random = context.Random.Fork(group.Copy == 1 ? $"fichier/{source.Group}/{source.Name}" : $"fichier/{group.Slug}/{source.Name}");
        var writers = group.WritersAt(source.DaysAgo) is { Count: > 0 } there ? there : group.Animators;
        return new()
        {
            Kind = FilesModule.FileKind,
            Group = group,
            Author = random.Pick(writers),
            Title = source.Title,
            Body = source.Body,
            At = context.At(source.DaysAgo, random.Between(8, 18), random.Below(60)),
            Audience = group.IsHidden ? Audience.Group : source.Audience,
            Tags = source.Tags,
            FurtherText = $"{source.Name}\n{DemoDocument.TextOf(source)}",
            Thanks = random.Below(3),
            Useful = random.Below(6),
        };
    }

    private static DemoMember ToWriteIn(DemoGroup group, DemoPost post) => group.Animators.FirstOrDefault(m => m.Id != post.Author.Id) ?? post.Author;

    private sealed record MadeFile(FileSource Source, Guid? Folder, IReadOnlyList<(Guid File, long Length)> Versions, DemoMember Other);
}

/// <summary>A file of the demo territory as its text describes it.</summary>
internal sealed record FileSource
{
    public required string Group { get; init; }
    public string[] Folder { get; init; } = [];
    public required string Name { get; init; }
    public int DaysAgo { get; init; }
    public required string Title { get; init; }
    public string Body { get; init; } = "";
    public string[] Tags { get; init; } = [];
    public Accessibility Accessible { get; init; }
    public Audience Audience { get; init; }
    public string? Text { get; init; }
    public System.Text.Json.JsonElement[][]? Table { get; init; }
    public string[] Versions { get; init; } = [];
}
