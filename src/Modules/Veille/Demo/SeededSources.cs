using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Syndication;
using TerritoireCollab.Veille.Fetching;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Demo;

/// <summary>The sources of the demo territory as fetching them would have left them.</summary>
internal sealed class SeededSources
{
    private readonly DemoContext _context;
    private readonly Dictionary<(string Source, int News), string> _entryKeys = [];
    private readonly Dictionary<string, Source> _rows = [];

    public SeededSources(DemoContext context, WatchSource texts, WatchDiary diary)
    {
        _context = context;
        foreach (var source in texts.Sources) _rows[source.Key] = Row(source, [.. ShelfWriter.Carried(source, diary.News)]);
    }

    /// <summary>The rows.</summary>
    public IReadOnlyCollection<Source> Rows => _rows.Values;

    /// <summary>The row of that source.</summary>
    public Source this[string key] => _rows[key];

    /// <summary>By what an entry is known in that source.</summary>
    public string EntryKey(string source, DatedNews news) => _entryKeys.TryGetValue((source, news.Number), out var key) ? key : NewsKeys.OfIdentifier(news.Address.AbsoluteUri);

    private Source Row(FeedText text, IReadOnlyList<DatedNews> news)
    {
        var random = _context.Random.Fork($"veille/source/{text.Key}");
        var asked = _context.At(1, random.Between(20, 23), random.Below(60));
        var row = new Source
        {
            Id = _context.NewKey(), Address = text.Address, Selectors = SourceSelectors.Write(text.Selectors), SelectorsKey = SourceSelectors.KeyOf(SourceSelectors.Write(text.Selectors)), Title = text.Host, SiteAddress = text.Site, NextFetchAt = _context.At(0, 0, random.Below(60)), LastFetchAt = asked, LastSuccessAt = asked,
        };
        Read(row, text, news);
        switch (text.State)
        {
            case FeedState.NeverAsked:
                (row.LastFetchAt, row.LastSuccessAt, row.Fault, row.NextFetchAt) = (null, null, SourceFault.NeverAsked, _context.At(-1, 7, 0));
                break;
            case FeedState.NotFound: Fail(row, SourceFault.HttpError, 404, days: 4, failures: 9); break;
            case FeedState.NameUnknown: Fail(row, SourceFault.NameNotFound, null, days: 12, failures: 15); break;
            case FeedState.TimedOut: Fail(row, SourceFault.TimedOut, null, days: 2, failures: 5); break;
            case FeedState.NotAFeed: Fail(row, SourceFault.NotAFeed, 200, days: 6, failures: 8, neverWell: true); break;
            case FeedState.Gone:
                Fail(row, SourceFault.Gone, 410, days: 9, failures: 1);
                (row.State, row.LastFetchAt) = (SourceState.Gone, row.FailingSince);
                break;
            case FeedState.Moved: (row.MovedTo, row.MovedSince) = (ShelfWriter.MovedAddress(text), _context.At(5, 11, 20)); break;
        }

        return row;
    }

    // What the reader of feeds makes of it, so that the first real fetch finds everything known and nothing twice.
    private void Read(Source row, FeedText text, IReadOnlyList<DatedNews> news)
    {
        if (text.State == FeedState.NeverAsked) return;

        var print = FeedPress.Print(text, news, _context.TimeZone);
        var answer = new FetchResult(FetchOutcome.Ok) { FinalAddress = new Uri(text.Address), ContentType = print.ContentType, Body = print.Bytes };
        var reading = text.Selectors is { } selectors
            ? ReadSource.Page(answer, selectors).Reading
            : ReadSource.Feed(print.Bytes, new FeedOrigin { ContentType = print.ContentType, Address = answer.FinalAddress });
        if (reading is null) return;

        (row.Title, row.SiteAddress, row.Description, row.Language, row.Repairs) = (reading.Title ?? row.Title, reading.SiteAddress ?? row.SiteAddress, reading.Description, reading.Language, reading.Repairs);
        var byAddress = news.ToDictionary(n => NewsKeys.OfAddress(n.Address), n => n.Number);
        foreach (var entry in reading.Entries)
            if (byAddress.TryGetValue(NewsKeys.OfAddress(entry.Address), out var number)) _entryKeys[(text.Key, number)] = NewsKeys.OfIdentifier(entry.Identifier);
        if (news.Count == 0) return;

        row.LastEntryAt = news[0].At;
        row.EntriesInAWeek = news.Count(n => n.At > row.LastFetchAt!.Value.AddDays(-7));
    }

    private void Fail(Source row, SourceFault fault, int? status, int days, int failures, bool neverWell = false)
    {
        var since = _context.At(days, 6, 12);
        (row.Fault, row.FaultStatus, row.Failures, row.FailingSince) = (fault, status, failures, since);
        row.LastSuccessAt = neverWell ? null : since.AddHours(-5);
        row.NextFetchAt = _context.At(-1, 6, 0);
    }
}
