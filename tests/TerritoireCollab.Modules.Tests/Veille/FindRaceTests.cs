using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Finds;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Several members who bring the same page at once.</summary>
public sealed class FindRaceTests
{
    private const int Members = 6;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Propose_TheSamePageAtOnce_OneFindAndTheOthersTold(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var scene = new Scene(instance);
        var members = new List<Platform.Members.Member>();
        for (var n = 0; n < Members; n++) members.Add(await scene.MemberAsync($"Membre {n} Essai"));
        var group = await scene.VeilleAsync(members[0], members: [.. members.Skip(1)]);
        var forms = new List<(Visitor Visitor, VisitedPage Form)>();
        foreach (var member in members)
        {
            var visitor = new Visitor(await instance.SignedInAsync(member.Id));
            forms.Add((visitor, await visitor.OpenAsync($"/groupes/{group.Slug}/veille/proposer")));
        }

        var pages = await Task.WhenAll(forms.Select(f => f.Visitor.SendAsync(f.Form, "[name='Input.Address']", ("Input.Address", "https://ville.invalid/ensemble"), ("Input.Title", "Ensemble"), ("Input.Body", "Tous à la fois."))));

        Assert.Single(pages, p => p.Text.Contains("Votre trouvaille est proposée", StringComparison.Ordinal));
        Assert.Equal(Members - 1, pages.Count(p => p.Text.Contains("Déjà proposée par Membre", StringComparison.Ordinal)));
        await using var db = instance.Open(Viewer.System);
        var find = await db.Set<Find>().SingleAsync();
        Assert.Equal(find.Id, (await db.Set<PoolEntry>().SingleAsync()).FindId);
    }
}
