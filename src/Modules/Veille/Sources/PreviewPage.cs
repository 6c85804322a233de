using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Veille.Fetching;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Sources;

/// <summary>What would be read of a page.</summary>
/// <param name="Title">Name of the site or title of the page, or null.</param>
/// <param name="Count">How many articles there are.</param>
/// <param name="Entries">The first of them.</param>
/// <param name="Seen">Tells this preview from one of other selectors.</param>
public sealed record PagePreview(string? Title, int Count, IReadOnlyList<PreviewedEntry> Entries, string Seen);

/// <summary>An article of a preview.</summary>
/// <param name="Title">Title.</param>
/// <param name="Address">Its page.</param>
/// <param name="PublishedAt">Its date (UTC), or null.</param>
/// <param name="Excerpt">Its beginning.</param>
public sealed record PreviewedEntry(string Title, string Address, DateTime? PublishedAt, string Excerpt);

/// <summary>Reads a page by selectors, to show what following it would bring.</summary>
internal sealed class PreviewPage(AppDb database, Rights rights, SiteClient sites)
{
    private const int MostShown = 12;

    /// <summary>What would be read.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no veille.</exception>
    /// <exception cref="ForbiddenException">No animator.</exception>
    /// <exception cref="InvalidInputException">The page cannot be asked or does not answer; a selector cannot be used, or finds nothing.</exception>
    public async Task<PagePreview> ExecuteAsync(Viewer viewer, string groupSlug, string? typed, PageSelectors selectors, CancellationToken cancellation)
    {
        await using (var db = database.Open(viewer)) await rights.RequireAsync(db, VeilleModule.Curate, groupSlug, cancellation);
        var (address, tidy) = Check(typed, selectors);
        var answer = await sites.FetchAsync(new FetchRequest(address) { Kind = FetchKind.Page }, cancellation);
        if (answer.Outcome != FetchOutcome.Ok) throw new InvalidInputException(nameof(SourceInput.Address), SourceTexts.CannotReach.With(SourceHealth.Cause(AskSource.FaultOf(answer.Outcome), answer.Status)));

        var read = SelectorSource.Read(answer.Body.Span, answer.ContentType, answer.FinalAddress, tidy);
        if (Faults(read, tidy) is { Count: > 0 } faults) throw new InvalidInputException(faults);

        return Of(answer, address, tidy);
    }

    /// <summary>What selectors find on a page that was answered.</summary>
    public static PagePreview Of(FetchResult answer, Uri asked, PageSelectors selectors)
    {
        var (reading, _) = ReadSource.Page(answer, selectors);
        var entries = reading?.Entries ?? [];
        return new(reading?.Title, entries.Count, [.. entries.Take(MostShown).Select(e => new PreviewedEntry(e.Title, e.Address.AbsoluteUri, e.PublishedAt, e.Excerpt))], SeenOf(asked.AbsoluteUri, selectors));
    }

    /// <summary>What tells a preview from another.</summary>
    public static string SeenOf(string address, PageSelectors selectors) => SourceSelectors.KeyOf($"{address} {SourceSelectors.Write(selectors)}");

    /// <summary>The address to ask and the selectors to read by.</summary>
    /// <exception cref="InvalidInputException">One of them cannot be used.</exception>
    public static (Uri Address, PageSelectors Selectors) Check(string? typed, PageSelectors selectors)
    {
        var tidy = SourceSelectors.Tidy(selectors);
        var isUsable = SourceAddress.TryParse(typed, out var address);
        var bad = SelectorSource.BadField(tidy);
        var rules = new Rules().Check(isUsable, nameof(SourceInput.Address), SourceTexts.AddressNotUsable);
        if (tidy.Item.Length == 0) rules.Check(false, nameof(tidy.Item), PageSourceTexts.ItemMissing);
        else if (bad is not null) rules.Check(false, bad, PageSourceTexts.SelectorNotUsable);
        rules.Demand();
        return (address!, tidy);
    }

    private static List<BrokenRule> Faults(PageReading read, PageSelectors selectors)
    {
        var isOfBlocks = read.Problem == SelectorProblem.NoLink && string.IsNullOrEmpty(selectors.Link);
        if (read.Problem != SelectorProblem.None)
            return [new(isOfBlocks ? nameof(selectors.Item) : read.Field ?? nameof(SourceInput.Address), read.Problem switch
            {
                SelectorProblem.NoItem => PageSourceTexts.NothingFound,
                SelectorProblem.NoLink => isOfBlocks ? PageSourceTexts.NoLinkInside : PageSourceTexts.NothingFoundInside,
                SelectorProblem.BadSelector => PageSourceTexts.SelectorNotUsable,
                SelectorProblem.TooSlow => PageSourceTexts.TooSlow,
                _ => PageSourceTexts.PageTooLarge,
            })];

        var faults = read.Silent.Select(field => new BrokenRule(field, PageSourceTexts.NothingFoundInside)).ToList();
        // Words that are no date would leave every article at the day it was first seen, without a word.
        if (read.Entries.FirstOrDefault(e => e.DateText is not null)?.DateText is { } sample && read.Entries.All(e => ReadSource.DateOf(e) is null))
            faults.Add(new(nameof(selectors.Date), PageSourceTexts.NotADate.With(sample)));
        return faults;
    }
}
