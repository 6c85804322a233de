namespace TerritoireCollab.Platform.Members;

/// <summary>The four kinds of structure of the territory.</summary>
public enum OrganisationKind
{
    /// <summary>Commune, intercommunalité, département, région.</summary>
    LocalAuthority = 0,
    /// <summary>Firm.</summary>
    Firm = 1,
    /// <summary>Association.</summary>
    Association = 2,
    /// <summary>Établissement public.</summary>
    PublicBody = 3,
}

/// <summary>A structure in whose name members speak.</summary>
public sealed class Organisation
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>Its part of the address, unique.</summary>
    public required string Slug { get; init; }

    /// <summary>Name, at most 150 characters.</summary>
    public required string Name { get; set; }

    /// <summary>Name folded for search and order.</summary>
    public required string FoldedName { get; set; }

    /// <summary>Kind of structure.</summary>
    public OrganisationKind Kind { get; set; }

    /// <summary>Commune of its seat.</summary>
    public string? Commune { get; set; }

    /// <summary>Its web site.</summary>
    public string? Website { get; set; }

    /// <summary>Presentation, in Markdown.</summary>
    public string? Presentation { get; set; }
}

/// <summary>A member's post in an organisation, with its dates.</summary>
public sealed class Affiliation
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The member.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>The member.</summary>
    public Member? Member { get; init; }

    /// <summary>The organisation.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>The organisation.</summary>
    public Organisation? Organisation { get; init; }

    /// <summary>The post, in words.</summary>
    public string? Function { get; set; }

    /// <summary>First day.</summary>
    public DateOnly? From { get; set; }

    /// <summary>Last day; null while it lasts.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>Whether new contributions are made in its name.</summary>
    public bool IsPrincipal { get; set; }
}
