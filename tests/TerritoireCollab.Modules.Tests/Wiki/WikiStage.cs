using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Coediting;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Coediting;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Wiki;

/// <summary>One instance for the tests of a class; each makes a group of its own.</summary>
public sealed class WikiStage : IAsyncLifetime
{
    /// <summary>The instance.</summary>
    public Instance Instance { get; private set; } = null!;

    /// <summary>Its people and groups.</summary>
    public Scene Scene { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Instance = await Instance.StartAsync();
        Scene = new Scene(Instance);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Instance.DisposeAsync();

    /// <summary>A group that Anne animates, with Luc as its member.</summary>
    public async Task<WikiRoom> RoomAsync()
    {
        var (anne, luc) = (await Scene.MemberAsync("Anne Essai"), await Scene.MemberAsync("Luc Essai"));
        var group = await Scene.GroupAsync("Groupe", anne, members: luc);
        return new(this, group, anne, luc, new(await Instance.SignedInAsync(anne.Id)), new(await Instance.SignedInAsync(luc.Id)));
    }
}

/// <summary>A group with its animator and a member, each at a browser.</summary>
/// <param name="Stage">Where it is.</param>
/// <param name="Group">The group.</param>
/// <param name="Anne">Animates it.</param>
/// <param name="Luc">A member.</param>
/// <param name="Animator">Anne at her browser.</param>
/// <param name="Member">Luc at his.</param>
public sealed record WikiRoom(WikiStage Stage, Group Group, Member Anne, Member Luc, Visitor Animator, Visitor Member)
{
    /// <summary>Address of the group's pages.</summary>
    public string Tool => $"/groupes/{Group.Slug}/pages";

    /// <summary>Writes a page by its form, and returns its short identifier.</summary>
    public async Task<string> WriteAsync(Visitor by, string title, string body, string query = "")
    {
        var page = await by.SendAsync(await by.OpenAsync($"{Tool}/nouveau{query}"), "form.formulaire", ("Input.Title", title), ("Input.Body", body), ("Input.Gesture", null));
        Assert.Contains("fait=publie", page.Address, StringComparison.Ordinal);
        return page.Address.Split('/')[^1][..8];
    }

    /// <summary>Sends the form of a page that was opened before.</summary>
    public static Task<VisitedPage> SaveAsync(Visitor by, VisitedPage form, string body, string? comment = null, string? title = null) =>
        by.SendAsync(form, "form.formulaire", [("Input.Body", body), ("Input.Comment", comment), ("Input.Gesture", null), .. title is null ? Array.Empty<(string, string?)>() : [("Input.Title", title)]]);

    /// <summary>Types in the shared text of a page, as an editor does whose changes were accepted; the text is not handed over.</summary>
    public async Task TypeAsync(string page, Member by, string text)
    {
        var store = Stage.Instance.Services.GetRequiredService<CoeditStore>();
        var authority = await store.OpenAsync(page, default);
        await using var db = Stage.Instance.Open(Viewer.System);
        var id = await db.Items.Where(i => i.ShortId == page).Select(i => i.Id).SingleAsync();
        var change = new AcceptedUpdate(authority.Version + 1, $"fenetre-{by.Id:N}"[..20], authority.Version + 1, TextChange.Between(authority.Text, text));
        Assert.True(await store.AppendAsync(id, [new(change, by.Id)], default));
    }

    /// <summary>Types in the shared text of a page, and hands it over as a pause does.</summary>
    public async Task TypeAndPauseAsync(string page, Member by, string text)
    {
        await TypeAsync(page, by, text);
        await Stage.Instance.Services.GetRequiredService<CoeditStore>().HandOverAsync(page, default);
    }

    /// <summary>Opens the form of a page.</summary>
    public Task<VisitedPage> FormAsync(Visitor by, string page) => by.OpenAsync($"{Tool}/{page}/modifier");
}
