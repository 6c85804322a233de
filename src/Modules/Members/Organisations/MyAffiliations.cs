using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Members.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Members.Organisations;

/// <summary>A post of the viewer.</summary>
internal sealed record AffiliationRow(Guid Id, string Name, string Slug, OrganisationKind Kind, string? Function, DateOnly? From, DateOnly? Until, bool IsPrincipal);

/// <summary>A post to add.</summary>
internal sealed record AffiliationInput(string? Organisation, OrganisationKind? Kind, string? Function, DateOnly? From, bool IsPrincipal);

/// <summary>The organisations that the viewer stands for: adds, ends, and says in whose name new contributions are made.</summary>
internal sealed class MyAffiliations(AppDb database, NewMembers newMembers, Dates dates)
{
    private const int Most = 30;
    private const int MostAttempts = 10;

    /// <summary>Those of the viewer, present ones first.</summary>
    public async Task<IReadOnlyList<AffiliationRow>> ListAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return await db.Affiliations.Where(a => a.MemberId == viewer.MemberId)
            .OrderBy(a => a.Until != null).ThenByDescending(a => a.IsPrincipal).ThenByDescending(a => a.From).ThenBy(a => a.Organisation!.FoldedName)
            .Select(a => new AffiliationRow(a.Id, a.Organisation!.Name, a.Organisation.Slug, a.Organisation.Kind, a.Function, a.From, a.Until, a.IsPrincipal))
            .ToListAsync(cancellation);
    }

    /// <summary>Adds one; the first is the principal one.</summary>
    /// <exception cref="InvalidInputException">No organisation named, texts too long, or a first day to come.</exception>
    public async Task AddAsync(Viewer viewer, AffiliationInput input, CancellationToken cancellation)
    {
        if (!viewer.IsMember) throw new NotFoundException();

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await database.TransactAsync(viewer, (db, stop) => WriteAsync(db, input, stop), cancellation);
                return;
            }
            catch (DbUpdateException failure) when (failure.IsDuplicate() && attempt < MostAttempts)
            {
                // Somebody named the same new organisation in between: now it is found.
            }
        }
    }

    private async Task<bool> WriteAsync(AppDbContext db, AffiliationInput input, CancellationToken cancellation)
    {
        // The member's row is held first, so that a form sent twice adds one post.
        var me = db.Viewer.MemberId;
        await db.Members.Where(m => m.Id == me).ExecuteUpdateAsync(set => set.SetProperty(m => m.Version, m => m.Version + 1), cancellation);
        var mine = await db.Affiliations.Where(a => a.MemberId == me).ToListAsync(cancellation);
        new Rules()
            .Text(input.Organisation, "Organisation", 150)
            .Check(mine.Count < Most, "Organisation", MembersTexts.TooManyOrganisations)
            .Text(input.Function, "Function", 100, required: false)
            .Check(input.From is null || input.From <= dates.Today, "From", MembersTexts.DayToCome)
            .Demand();

        var organisation = await OrganisationNames.FindOrAddAsync(db, input.Organisation!, input.Kind ?? default, cancellation);
        new Rules().Check(!mine.Any(a => a.OrganisationId == organisation.Id && a.Until is null), "Organisation", MembersTexts.AlreadyAffiliated).Demand();

        var isPrincipal = input.IsPrincipal || !mine.Any(a => a.IsPrincipal && a.Until is null);
        if (isPrincipal) foreach (var other in mine) other.IsPrincipal = false;
        db.Affiliations.Add(new Affiliation { MemberId = me, OrganisationId = organisation.Id, Function = Trimmed(input.Function), From = input.From, IsPrincipal = isPrincipal });
        newMembers.RecordEdited(db, me);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    /// <summary>Says in whose name new contributions are made.</summary>
    public Task MakePrincipalAsync(Viewer viewer, Guid id, CancellationToken cancellation) => ChangeAsync(viewer, id, (mine, chosen) =>
    {
        if (chosen.Until is not null) throw new NotFoundException();
        foreach (var other in mine) other.IsPrincipal = other == chosen;
    }, cancellation);

    /// <summary>Ends one today: past contributions keep its name.</summary>
    public Task EndAsync(Viewer viewer, Guid id, CancellationToken cancellation) => ChangeAsync(viewer, id, (_, ended) =>
    {
        ended.Until ??= dates.Today;
        ended.IsPrincipal = false;
    }, cancellation);

    /// <summary>Takes an ending back: contributions are made in its name again unless another one has taken its place.</summary>
    public Task ReopenAsync(Viewer viewer, Guid id, CancellationToken cancellation) => ChangeAsync(viewer, id, (mine, reopened) =>
    {
        reopened.Until = null;
        reopened.IsPrincipal = !mine.Any(a => a.IsPrincipal && a != reopened);
    }, cancellation);

    private async Task ChangeAsync(Viewer viewer, Guid id, Action<List<Affiliation>, Affiliation> change, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var mine = await db.Affiliations.Where(a => a.MemberId == viewer.MemberId).ToListAsync(cancellation);
        change(mine, mine.Find(a => a.Id == id) ?? throw new NotFoundException());
        newMembers.RecordEdited(db, viewer.MemberId);
        await db.SaveChangesAsync(cancellation);
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
