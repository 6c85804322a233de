using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Web.Demo;

/// <summary>The text <c>territory</c>.</summary>
internal sealed record TerritorySource(
    string Name, string Territory, string LegalNotice, string PhonePrefix, AccountSource[] Accounts,
    Dictionary<string, Dictionary<string, GroupRole>> Seats, Dictionary<string, string[]> Requests);

/// <summary>A demo account.</summary>
internal sealed record AccountSource(string Key, string Name, bool Feminine, string Kind, string Organisation, string Function, string Commune, string Presentation);

/// <summary>An organisation of the text <c>organisations</c>.</summary>
internal sealed record OrganisationSource(string Name, string Kind, string Commune, bool Veille)
{
    public OrganisationKind OrganisationKind => KindOf(Kind);

    public static OrganisationKind KindOf(string kind) => kind switch
    {
        "collectivite" => OrganisationKind.LocalAuthority,
        "entreprise" => OrganisationKind.Firm,
        "association" => OrganisationKind.Association,
        _ => OrganisationKind.PublicBody,
    };
}

/// <summary>The text <c>people</c>.</summary>
internal sealed record PeopleSource(FirstNamesSource FirstNames, string[] Surnames, Dictionary<string, FunctionSource[]> Functions, PresentationSource[] Presentations);

/// <summary>First names.</summary>
internal sealed record FirstNamesSource(string[] Feminine, string[] Masculine);

/// <summary>A function in its two forms.</summary>
internal sealed record FunctionSource(string F, string M);

/// <summary>A presentation, for a kind of organisation or for all.</summary>
internal sealed record PresentationSource(string Kind, string Text);

/// <summary>A group of the text <c>groups</c>.</summary>
internal sealed record GroupSource(
    string Slug, string Name, string Kind, string Summary, string Purpose, string? Charter, string? JoinQuestion, string Visibility, string Joining,
    int Members, int? Organisations, int Hue, string[] Tags, string? Welcome, string? Announcement)
{
    public GroupKind GroupKind => Kind switch { "collectivites" => GroupKind.LocalAuthorities, "entreprises" => GroupKind.Firms, _ => GroupKind.Mixed };

    public bool IsHidden => Visibility == "masque";

    public GroupJoining GroupJoining => Joining switch { "libre" => GroupJoining.Free, "demande" => GroupJoining.OnRequest, _ => GroupJoining.ByInvitation };
}
