using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Outlets;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>One instance for the tests of outlets, which may ask servers of this machine; each brings a group of its own.</summary>
public sealed class OutletsStage : IAsyncLifetime
{
    /// <summary>What such an instance is started with.</summary>
    public static readonly (string, string) MayAskThisMachine = ("Territoire:Fetch:AllowPrivateNetworks", "true");

    /// <summary>The instance.</summary>
    public Instance Instance { get; private set; } = null!;

    /// <summary>Makes people and groups.</summary>
    public Scene Scene { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Instance = await Instance.StartAsync(manualClock: true, settings: MayAskThisMachine);
        Scene = new Scene(Instance);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Instance.DisposeAsync();
}

/// <summary>A group whose revue is announced elsewhere, and the animator who sees to it.</summary>
internal sealed class AnnouncingGroup(Scene scene, Group group, Member animator, Visitor hands)
{
    public Group Group => group;

    public Member Animator => animator;

    public Visitor Hands { get; private set; } = hands;

    public string Page => $"/groupes/{group.Slug}/veille/annonces";

    public static async Task<AnnouncingGroup> CreateAsync(Scene scene, Audience audience = Audience.Public, GroupVisibility visibility = GroupVisibility.AllMembers)
    {
        var animator = await scene.MemberAsync("Anne Essai");
        var group = await scene.VeilleAsync(animator, visibility: visibility);
        await scene.SetVeilleAsync(group, p => (p.Audience, p.Name) = (audience, "La revue d’essai"));
        return new(scene, group, animator, new Visitor(await scene.Instance.SignedInAsync(animator.Id)));
    }

    /// <summary>Fills in the form of an outlet and sends it.</summary>
    public async Task<VisitedPage> AddAsync(string kind, params (string Name, string? Value)[] fields) =>
        await Hands.SendAsync(await Hands.OpenAsync($"{Page}/ajouter?vers={kind}"), "form:has([name='Input.Name'])", fields);

    public Task<VisitedPage> AddMastodonAsync(string address, string token) =>
        AddAsync("mastodon", ("Input.Name", "Le compte d’essai"), ("Input.Address", address), ("Input.Secret", token));

    /// <summary>Publishes an issue of one article, and lets what follows run.</summary>
    public async Task<string> PublishAsync(string title = "La fibre arrive", Audience? audience = null)
    {
        scene.Instance.Clock.Advance(TimeSpan.FromDays(7));
        await scene.PlaceAsync(group, animator, new PlacedCard($"Un article de « {title} »"));
        var id = await scene.PublishAsync(group, animator, title, audience: audience);
        await SendAsync();
        await ReturnAsync();
        return id;
    }

    /// <summary>Lets what follows a commit run, then the announcements that are due, then the mails of that.</summary>
    public async Task SendAsync(CancellationToken cancellation = default)
    {
        await scene.Instance.SettleAsync();
        await scene.Instance.Services.GetRequiredService<SendAnnouncements>().RunOnceAsync(cancellation);
        await scene.Instance.SettleAsync();
    }

    /// <summary>Signs the animator in anew: a session ends when it is left alone for long.</summary>
    public async Task ReturnAsync() => Hands = new Visitor(await scene.Instance.SignedInAsync(animator.Id));

    /// <summary>A moment as the page says it, its spaces made plain.</summary>
    public string Said(TimeSpan later = default)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        var said = scene.Instance.Services.GetRequiredService<Dates>().Exact(scene.Instance.Clock.GetUtcNow().UtcDateTime + later);
        return string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    public async Task AfterAsync(TimeSpan time)
    {
        scene.Instance.Clock.Advance(time);
        await SendAsync();
    }

    public Task<VisitedPage> OpenAsync() => Hands.OpenAsync(Page);

    public async Task<Outlet> OutletAsync()
    {
        await using var db = scene.Instance.Open(Viewer.System);
        return await db.Set<Outlet>().AsNoTracking().SingleAsync(o => o.GroupId == group.Id);
    }

    public async Task<Announcement?> AnnouncementAsync()
    {
        await using var db = scene.Instance.Open(Viewer.System);
        return await db.Set<Announcement>().AsNoTracking().IgnoreQueryFilters([AppDbContext.DeletedFilter]).SingleOrDefaultAsync(a => a.Outlet!.GroupId == group.Id);
    }
}
