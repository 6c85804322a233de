using System.Text.Json;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Demo;

/// <summary>
/// Writes the web of the demo territory: feeds with what the pool has and what it has not yet, front pages that name their feed, a page for
/// each piece of news, sites that fail.
/// </summary>
internal sealed class ShelfWriter(DemoContext context, PlatformOptions platform, WatchSource texts, WatchDiary diary)
{
    private const int MostInFeed = 25;

    private readonly string _folder = Path.Combine(platform.DataDirectory, DemoShelf.FolderName);
    private readonly Dictionary<string, ShelfEntry> _answers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where a source that moved answers.</summary>
    public static string MovedAddress(FeedText source) => $"{source.Site}flux/actualites.xml";

    /// <summary>Writes the folder anew.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
        Directory.CreateDirectory(_folder);
        foreach (var source in texts.Sources.Where(s => s.State != FeedState.NameUnknown)) await ShelveAsync(source, cancellation);
        foreach (var news in diary.News.Concat(diary.Fresh.SelectMany(f => f)))
        {
            if (news.Text.Sources.Length == 0) _hosts.Add(news.Address.Host);
            if (!_hosts.Contains(news.Address.Host)) continue;

            var name = FormattableString.Invariant($"page-{news.Number}.html");
            _answers[DemoShelf.KeyOf(news.Address)] = await PutAsync(FeedPress.Article(news, RightsOf(news)), name, cancellation);
            if (news.Picture is { } picture) _answers[DemoShelf.KeyOf(picture)] = await PutAsync(new FeedPrint(PngPress.Landscape(news.Number), "image/png"), FormattableString.Invariant($"image-{news.Number}.png"), cancellation);
        }

        await using var index = File.Create(Path.Combine(_folder, DemoShelf.IndexName));
        await JsonSerializer.SerializeAsync(index, new ShelfIndex(_hosts, _answers), DemoShelf.Json, cancellation);
    }

    private FeedRights RightsOf(DatedNews news) => texts.Sources.FirstOrDefault(s => s.Host == news.Address.Host)?.Rights ?? FeedRights.Free;

    private async Task ShelveAsync(FeedText source, CancellationToken cancellation)
    {
        _hosts.Add(source.Host);
        _answers[DemoShelf.KeyOf(new Uri(source.Site))] = await PutAsync(FeedPress.Home(source), $"accueil-{source.Key}.html", cancellation);
        _answers[DemoShelf.KeyOf(new Uri(source.Address))] = source.State switch
        {
            FeedState.NotFound => new() { Status = 404 },
            FeedState.Gone => new() { Status = 410 },
            FeedState.TimedOut => new() { Fault = SourceFault.TimedOut },
            FeedState.Moved => new() { Status = 301, Location = MovedAddress(source) },
            _ => await FeedAsync(source, cancellation),
        };
        if (source.State == FeedState.Moved) _answers[DemoShelf.KeyOf(new Uri(MovedAddress(source)))] = await FeedAsync(source, cancellation);
    }

    // One file a day, so that a demo that stays up for some days goes on receiving news.
    private async Task<ShelfEntry> FeedAsync(FeedText source, CancellationToken cancellation)
    {
        List<ShelfFile> files = [];
        FeedPrint print = null!;
        foreach (var day in Enumerable.Range(0, diary.Fresh.Count))
        {
            var fresh = diary.Fresh.Take(day + 1).SelectMany(f => f);
            print = FeedPress.Print(source, [.. Carried(source, diary.News.Concat(fresh)).Take(MostInFeed)], context.TimeZone);
            var name = FormattableString.Invariant($"flux-{source.Key}-{day}.txt");
            await File.WriteAllBytesAsync(Path.Combine(_folder, name), print.Bytes, cancellation);
            files.Add(new ShelfFile(name, day == 0 ? context.At(0, 0, 0) : context.At(-day, 9, 0)));
        }

        return new() { ContentType = print.ContentType, Files = files };
    }

    /// <summary>The news that a source carries, the newest first.</summary>
    public static IEnumerable<DatedNews> Carried(FeedText source, IEnumerable<DatedNews> news) =>
        news.Where(n => n.Text.Sources.Contains(source.Key)).OrderByDescending(n => n.At).ThenBy(n => n.Number);

    private async Task<ShelfEntry> PutAsync(FeedPrint print, string name, CancellationToken cancellation)
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, name), print.Bytes, cancellation);
        return new() { ContentType = print.ContentType, Files = [new(name, context.At(0, 0, 0))] };
    }
}
