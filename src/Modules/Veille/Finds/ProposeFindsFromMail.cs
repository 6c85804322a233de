using System.Text;
using System.Text.RegularExpressions;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Finds;

/// <summary>A mail that a member sends or forwards to the veille of a group.</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Text">Its text part, or null.</param>
/// <param name="Html">Its HTML part, or null.</param>
public sealed record FindsMail(string? Subject, string? Text, string? Html);

/// <summary>What became of a link of a mail.</summary>
public enum MailedLinkOutcome
{
    /// <summary>It is a find now, in the sender's name.</summary>
    Proposed = 0,
    /// <summary>The group had it already.</summary>
    Already = 1,
    /// <summary>It cannot be one.</summary>
    Refused = 2,
}

/// <summary>A link of a mail, and what became of it.</summary>
/// <param name="Address">Where it leads.</param>
/// <param name="Title">Title of the find, or the words of the link.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Words">The same in words: « proposé », « déjà proposée par Anne : commentez-la », « refusé : … ».</param>
/// <param name="ShortId">The find, the sender's or the one that was there; null when refused.</param>
public sealed record MailedLink(string Address, string Title, MailedLinkOutcome Outcome, string Words, string? ShortId);

/// <summary>What became of a mail.</summary>
/// <param name="Links">Its links, in their order.</param>
/// <param name="Reply">What to answer the sender: the same line by line.</param>
public sealed record MailedFinds(IReadOnlyList<MailedLink> Links, MailReply Reply);

/// <summary>
/// Forward to contribute: brings the links of a mail as finds in its sender's name, with the words around each as the reason. Each link is
/// brought or refused by itself; nothing of the mail is kept besides.
/// </summary>
internal sealed partial class ProposeFindsFromMail(AppDb database, Rights rights, ProposeFind propose, AskPage pages, TimeProvider clock)
{
    /// <summary>Links that one mail brings at most.</summary>
    public const int Most = 5;

    /// <summary>Longest part of a mail that is read, in characters.</summary>
    public const int LongestPart = 1_000_000;

    private const int LongestSubject = 1000;
    private const int ShortestTitle = 8;
    private static readonly TimeSpan AskingTime = TimeSpan.FromSeconds(10);

    /// <summary>Brings them.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no veille.</exception>
    /// <exception cref="ForbiddenException">The sender may not bring a find there.</exception>
    /// <exception cref="InvalidInputException">The mail is too long.</exception>
    public async Task<MailedFinds> ExecuteAsync(Viewer sender, string groupSlug, FindsMail mail, CancellationToken cancellation)
    {
        await using (var db = database.Open(sender)) await rights.RequireAsync(db, VeilleModule.Propose, groupSlug, cancellation);
        new Rules().Text(mail.Subject, nameof(mail.Subject), LongestSubject, required: false).Check((mail.Text?.Length ?? 0) <= LongestPart, nameof(mail.Text), QuoteTexts.MailTooLong)
            .Check((mail.Html?.Length ?? 0) <= LongestPart, nameof(mail.Html), QuoteTexts.MailTooLong).Demand();

        var all = LinksOfMail.Read(mail.Text, mail.Html);
        var kept = all.Take(Most).ToList();
        var facts = await FactsAsync(sender, kept, cancellation);
        var links = new List<MailedLink>(kept.Count);
        foreach (var (place, link) in kept.Index()) links.Add(await BringAsync(sender, groupSlug, mail, link, facts[place], kept.Count == 1, cancellation));
        return new(links, Reply(links, all.Count > kept.Count));
    }

    private async Task<MailedLink> BringAsync(Viewer sender, string groupSlug, FindsMail mail, LinkOfMail link, PageFacts? facts, bool isAlone, CancellationToken cancellation)
    {
        var (address, subject) = (link.Address.AbsoluteUri, Subject(mail.Subject));
        var title = EnterPool.Cut(Title(link, facts, isAlone ? subject : null), ContentItem.TitleLength);
        if (link.IsTracked) return Refused(QuoteTexts.MailTracked);

        try
        {
            var content = new ContentInput { Title = title, Body = Plain(link.Around ?? subject ?? facts?.Description ?? QuoteTexts.MailForwarded) };
            var proposed = await propose.ExecuteAsync(sender, groupSlug, new(content, address), cancellation);
            return proposed.AlreadyBy is { } finder
                ? new(address, proposed.Title, MailedLinkOutcome.Already, QuoteTexts.MailAlready.With(finder), proposed.ShortId)
                : new(address, proposed.Title, MailedLinkOutcome.Proposed, QuoteTexts.MailProposed, proposed.ShortId);
        }
        catch (InvalidInputException invalid)
        {
            return Refused(invalid.Rules[0].Message);
        }

        MailedLink Refused(string why) => new(address, title, MailedLinkOutcome.Refused, QuoteTexts.MailRefused.With(why), null);
    }

    // All at once, and not for long: a page that does not answer is brought under the words of its link.
    private async Task<PageFacts?[]> FactsAsync(Viewer sender, List<LinkOfMail> links, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(AskingTime, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        return await Task.WhenAll(links.Select(async link =>
        {
            try
            {
                return link.IsTracked ? null : await pages.ExecuteAsync(sender, link.Address, both.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return null;
            }
        }));
    }

    private static string Title(LinkOfMail link, PageFacts? facts, string? subject)
    {
        var label = link.Label is { } words && !CallToClick().IsMatch(words) ? words : null;
        return label?.Length >= ShortestTitle ? label : facts?.Title ?? subject ?? label ?? PageAddress.Name(link.Address);
    }

    private static string? Subject(string? written) => written is null ? null : Marks().Replace(written, "").Trim() is { Length: > 0 } subject ? subject : null;

    private static MailReply Reply(List<MailedLink> links, bool isCut) => links.Count == 0 ? new(QuoteTexts.MailNothing, [])
        : new(QuoteTexts.MailThanks, [.. links.Select(l => new MailReplyLine(QuoteTexts.MailLine.With(l.Title, l.Words), l.Address))], isCut ? QuoteTexts.MailTooMany.With(Most) : null);

    // Words of others: no mark, mention or reference of theirs means anything here.
    private static string Plain(string words)
    {
        var text = new StringBuilder(words.Length + 16);
        foreach (var letter in words) (letter is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '@' or '|' or '~' or '&' ? text.Append('\\') : text).Append(letter);
        return text.ToString();
    }

    [GeneratedRegex(@"^(\s*((re|tr|fwd?|r[ée]f)\s*:|\[[^\]]{1,40}\]))+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Marks();

    [GeneratedRegex(@"^\W*((lire|voir|consulte[rz]|d[ée]couvr(ir|ez)|t[ée]l[ée]charge[rz]|acc[ée]de[rz]|clique[rz]|en savoir|plus d|toutes? les?|read|learn|see|click|download)\b.{0,40}|ici|suite|more)\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CallToClick();
}
