using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Members.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
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

        await using var db = database.Open(viewer);
        var mine = await db.Affiliations.Where(a => a.MemberId == viewer.MemberId).ToListAsync(cancellation);
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
        db.Affiliations.Add(new Affiliation { MemberId = viewer.MemberId, OrganisationId = organisation.Id, Function = Trimmed(input.Function), From = input.From, IsPrincipal = isPrincipal });
        newMembers.RecordEdited(db, viewer.MemberId);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Says in whose name new contributions are made.</summary>
    public Task MakePrincipalAsync(Viewer viewer, Guid id, CancellationToken cancellation) => ChangeAsync(viewer, id, (mine, chosen) =>
    {
        foreach (var other in mine) other.IsPrincipal = other == chosen && chosen.Until is null;
    }, cancellation);

    /// <summary>Ends one today: past contributions keep its name.</summary>
    public Task EndAsync(Viewer viewer, Guid id, CancellationToken cancellation) => ChangeAsync(viewer, id, (_, ended) =>
    {
        ended.Until ??= dates.Today;
        ended.IsPrincipal = false;
    }, cancellation);

    /// <summary>Takes an ending back.</summary>
    public Task ReopenAsync(Viewer viewer, Guid id, CancellationToken cancellation) => ChangeAsync(viewer, id, (_, reopened) => reopened.Until = null, cancellation);

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
