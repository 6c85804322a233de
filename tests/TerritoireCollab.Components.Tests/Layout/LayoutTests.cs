using Bunit;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Components.Tests.Layout;

public sealed class LayoutTests : UiTest
{
    [Fact]
    public void SiteHeader_WithoutAccount_NeitherNavigationNorBellNorSearch()
    {
        var drawn = Render<SiteHeader>(p => p.Add(x => x.TerritoryName, "La Drôme ensemble").Add(x => x.Account, "<a href=\"connexion\">Se connecter</a>"));

        Assert.Equal("La Drôme ensemble", drawn.Find("a.marque[href='./'] span").Words());
        Assert.Equal(["./", "connexion"], drawn.FindAll("a").Select(a => a.GetAttribute("href")));
        Assert.Empty(drawn.FindAll("nav, form, .cloche"));
    }

    [Fact]
    public void SiteHeader_SignedIn_WhereOneIsAndWhatIsNew()
    {
        var drawn = Render<SiteHeader>(p => p.Add(x => x.TerritoryName, "Drôme").Add(x => x.SearchAction, "recherche").Add(x => x.BellText, "3 nouveautés")
            .Add(x => x.Links, [new("Accueil", "./", "house"), new("Groupes", "groupes", "users", Current: true), new("Moi", "moi", "circle-user-round", PhoneOnly: true)]));

        Assert.Equal("Groupes", drawn.Find("nav[aria-label='Navigation principale'] a[aria-current='page']").Words());
        Assert.Equal("moi", drawn.Find("nav a.mobile").GetAttribute("href"));
        Assert.Equal("3 nouveautés", drawn.Find("a.cloche [aria-live='polite']").TextContent);
        Assert.Single(drawn.FindAll("form[role='search']"));
    }

    [Fact]
    public void Tabs_CurrentOne_MarkedAndNamedInTheSummary()
    {
        var drawn = Render<Tabs>(p => p.Add(x => x.Label, "Rubriques du groupe").Add(x => x.Items, [new("Accueil", "groupes/foret"), new("Forum", "groupes/foret/forum", Current: true, Note: "4")]));

        Assert.Equal("Forum 4", drawn.Find("a[aria-current='page']").Words());
        Assert.Single(drawn.FindAll("[aria-current]"));
        Assert.Equal("Rubriques\u00a0: Forum", drawn.Find("summary").Words());
        Assert.Equal("Rubriques du groupe", drawn.Find("nav").GetAttribute("aria-label"));
    }

    [Fact]
    public void Tabs_NoneCurrent_SummaryWithoutName() =>
        Assert.Equal("Rubriques", Render<Tabs>(p => p.Add(x => x.Label, "x").Add(x => x.Items, [new("Accueil", "groupes/foret")])).Find("summary").Words());

    [Fact]
    public void Filters_CurrentOne_IsTrueNotPage()
    {
        var drawn = Render<Filters>(p => p.Add(x => x.Label, "Filtrer").Add(x => x.Items, [new("Tous", "?", Current: true), new("Sans réponse", "?filtre=sans-reponse")]));

        Assert.Equal("Tous", drawn.Find("[aria-current='true']").Words());
    }

    [Fact]
    public void Breadcrumb_LastStep_IsThePageAndNoLink()
    {
        var drawn = Render<Breadcrumb>(p => p.Add(x => x.Crumbs, [new("Groupes", "groupes"), new("La forêt")]));

        Assert.Equal(["groupes"], drawn.FindAll("li a").Select(a => a.GetAttribute("href")));
        Assert.Equal("La forêt", drawn.Find("li span[aria-current='page']").TextContent);
    }

    [Fact]
    public void PageHeader_Drawn_OneHeadingWithItsLead()
    {
        var drawn = Render<PageHeader>(p => p.Add(x => x.Title, "Groupes").Add(x => x.Lead, "Rejoignez-en un.").Add(x => x.Seed, "veille").Add(x => x.Thin, true));

        Assert.Equal("Groupes", Assert.Single(drawn.FindAll("h1")).TextContent);
        Assert.Equal("entete-page banniere banniere--mince teinte-140", drawn.Find("header").ClassName);
        Assert.Empty(drawn.FindAll("nav, .actions"));
    }

    [Fact]
    public void SkipLinks_OnAPage_LeadIntoIt()
    {
        GoTo("groupes?page=2");

        Assert.Equal(["groupes?page=2#contenu", "groupes?page=2#recherche"], Render<SkipLinks>().FindAll("a").Select(a => a.GetAttribute("href")));
        Assert.Single(Render<SkipLinks>(p => p.Add(x => x.Search, false)).FindAll("a"));
    }

    [Fact]
    public void Stepper_SecondOfThree_DoneCurrentAndToCome()
    {
        var drawn = Render<Stepper>(p => p.Add(x => x.Steps, ["Profil", "Groupes", "Courriels"]).Add(x => x.Current, 2));

        Assert.Equal(["Profil (fait)", "Groupes", "Courriels"], drawn.FindAll("li").Select(l => l.Words()));
        Assert.Equal("Groupes", drawn.Find("li[aria-current='step']").Words());
    }

    [Fact]
    public void GroupFrame_Member_TabsOfTheToolsThatAreOn()
    {
        Catalog(("forum", true), ("sondages", false));
        var drawn = Frame(Standing(GroupRole.Member), section: "forum");

        Assert.Equal(["groupes/foret", "groupes/foret/forum", "groupes/foret/membres", "groupes/foret/recherche"], drawn.FindAll("nav[aria-label='Rubriques du groupe'] a").Select(a => a.GetAttribute("href")));
        Assert.Equal("groupes/foret/forum", drawn.Find("[aria-current='page'][href]").GetAttribute("href"));
    }

    // Who reads a public content without an account is not led to pages that would ask to sign in.
    [Fact]
    public void GroupFrame_Visitor_NoTabAndNoWayUp()
    {
        Catalog(("forum", true));
        var drawn = Frame(Standing(null), section: "forum");

        Assert.Empty(drawn.FindAll("details, a[href='groupes']"));
        Assert.Equal("Un fil", Assert.Single(drawn.FindAll("h1")).TextContent);
    }

    [Fact]
    public void GroupFrame_Archived_SaysSo()
    {
        Catalog();

        Assert.Contains("Ce groupe est archivé", Frame(Standing(GroupRole.Member) with { IsArchived = true }).Find(".encart--attention").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<GroupFrame> Frame(Standing standing, string? section = null) =>
        Render<GroupFrame>(p => p.Add(x => x.Standing, standing).Add(x => x.Title, "Un fil").Add(x => x.Section, section).AddChildContent("<p>Texte</p>"));

    private void Catalog(params (string Key, bool On)[] tools) => Services.AddSingleton(new ModuleCatalog([.. tools.Select(t => new SampleTool(t.Key, t.On))]));

    private static Standing Standing(GroupRole? role) => new()
    {
        Viewer = role is null ? Viewer.Anonymous : Viewer.Member(new Guid("0193a000-0000-7000-8000-000000000001")),
        GroupId = new Guid("0193a000-0000-7000-8000-000000000002"),
        Slug = "foret", Name = "La forêt", Summary = "Bois et sentiers.", Hue = 120,
        Visibility = GroupVisibility.AllMembers, Joining = default, Ceiling = Audience.Public, DefaultAudience = Audience.Group,
        IsArchived = false, MemberCount = 12, CharterVersion = 0, ToolSettings = [], Role = role,
    };

    private sealed record SampleTool(string Name, bool On) : IModule
    {
        public string Key => Name;

        public Tool Tool => new() { Key = Name, Name = () => Name, Icon = "star", Order = 1, EnabledByDefault = On };

        public void AddServices(IServiceCollection services)
        {
        }
    }
}
