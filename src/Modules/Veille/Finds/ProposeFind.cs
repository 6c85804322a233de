using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Quotes;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Finds;

/// <summary>A find to bring.</summary>
/// <param name="Content">Title, why it matters, audience, tags.</param>
/// <param name="Address">Address of the page, as typed.</param>
public sealed record ProposeFindInput(ContentInput Content, string? Address)
{
    /// <summary>A passage of the page to mark, or null.</summary>
    public string? Quote { get; init; }

    /// <summary>Whether the picture that the page shows of itself stays away.</summary>
    public bool WithoutPicture { get; init; }
}

/// <summary>Where what was brought stands.</summary>
/// <param name="ShortId">Short identifier of the find.</param>
/// <param name="Title">Its title.</param>
/// <param name="AlreadyBy">Who had brought that page before, and nothing was written; null for a new find.</param>
public sealed record ProposedFind(string ShortId, string Title, string? AlreadyBy);

/// <summary>Brings a page of the web to a group: into its pool, with the discussion that the group will have of it.</summary>
internal sealed class ProposeFind(AppDb database, Rights rights, Bodies bodies, ContentWriter writer, EnterPool pool, AskPage pages, PictureWake wake, TimeProvider clock)
{
    /// <summary>Name of the field of the address.</summary>
    public const string AddressField = nameof(ProposeFindInput.Address);

    /// <summary>Name of the field of the passage.</summary>
    public const string QuoteField = nameof(ProposeFindInput.Quote);

    /// <summary>Publishes the find; where the group has one of that page already, nothing is written and that one is told.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no veille.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group, or only animators bring finds.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, the audience too wide, or the address no page of the web.</exception>
    public async Task<ProposedFind> ExecuteAsync(Viewer viewer, string groupSlug, ProposeFindInput input, CancellationToken cancellation)
    {
        try
        {
            var proposed = await database.TransactAsync(viewer, (db, token) => WriteAsync(db, groupSlug, input, token), cancellation);
            if (proposed.AlreadyBy is null && !input.WithoutPicture) wake.Wake();
            return proposed;
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate() && input.Content.Id != Guid.Empty)
        {
            await using var db = database.Open(viewer);
            return await db.Items.Where(i => i.Id == input.Content.Id && i.AuthorId == viewer.MemberId).Select(i => new ProposedFind(i.ShortId, i.Title, null)).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        }
    }

    private async Task<ProposedFind> WriteAsync(AppDbContext db, string groupSlug, ProposeFindInput input, CancellationToken cancellation)
    {
        var standing = await rights.RequireAsync(db, VeilleModule.Propose, groupSlug, cancellation);
        var rules = new Rules();
        if (!PageAddress.TryParse(input.Address, out var address, out var fault)) rules.Check(false, AddressField, fault);
        ContentWriter.Check(rules, input.Content, standing);
        rules.Text(QuoteText.Plain(input.Quote), QuoteField, FindQuote.TextLength, required: false);
        rules.Demand();

        var entry = await HoldAsync(db, await pool.ExecuteAsync(db, standing.GroupId, NewsOf(address!), cancellation), cancellation);
        if (await PresentAsync(db, entry, cancellation) is { } present)
            return present.Id == input.Content.Id && present.AuthorId == db.Viewer.MemberId ? new(present.ShortId, present.Title, null) : new(present.ShortId, present.Title, present.AuthorName);

        var body = await bodies.RenderAsync(db, input.Content.Body, cancellation);
        var item = await writer.CreateAsync(db, standing, VeilleModule.FindKind, input.Content, body, cancellation);
        db.Add(new Find { Id = item.Id, Item = item, Address = address!.AbsoluteUri, NewsId = entry.NewsId, Body = input.Content.Body, BodyHtml = body.Html, BodyRenderer = body.Renderer });
        if (QuoteText.Plain(input.Quote) is { } passage) db.Add(new FindQuote { ItemId = item.Id, AuthorId = item.AuthorId, Text = passage, At = clock.GetUtcNow().UtcDateTime });
        if (input.WithoutPicture) db.Add(PictureActivities.Settled(item, db.Viewer.MemberId, clock.GetUtcNow().UtcDateTime));
        entry.FindId = item.Id;
        // What no person set aside, but a rule or the removal of a find, is to be read once somebody speaks of it.
        if (entry is { State: PoolState.SetAside, MovedById: null }) entry.State = PoolState.Proposed;
        entry.Version++;
        await db.SaveChangesAsync(cancellation);
        return new(item.ShortId, item.Title, null);
    }

    // What the whole platform knows of a page is what the page says of itself: never the words of a member, whose group may be hidden.
    private NewsInput NewsOf(Uri address) => pages.Known(address) is { Title: { } title } facts
        ? new(address, title, facts.Author, facts.Description ?? "", facts.Language, null)
        : new(address, PageAddress.Name(address), null, "", null, null);

    // Two members who bring the same page at once: the second waits, then finds what the first brought.
    private static async Task<PoolEntry> HoldAsync(AppDbContext db, PoolEntry entry, CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        await db.Set<PoolEntry>().Where(e => e.Id == entry.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Version, e => e.Version), cancellation);
        await db.Entry(entry).ReloadAsync(cancellation);
        return entry;
    }

    // One that is in the trash is not there: the page can be brought again.
    private static Task<PresentFind?> PresentAsync(AppDbContext db, PoolEntry entry, CancellationToken cancellation) =>
        db.Items.AsNoTracking().Where(i => i.Id == entry.FindId).Select(i => new PresentFind(i.Id, i.ShortId, i.Title, i.AuthorId, i.Author!.Name)).FirstOrDefaultAsync(cancellation);

    private sealed record PresentFind(Guid Id, string ShortId, string Title, Guid AuthorId, string AuthorName);
}
