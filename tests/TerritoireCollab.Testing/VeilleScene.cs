using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Veille;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Testing;

/// <summary>The veille of a test, written straight into the database.</summary>
public static class VeilleScene
{
    /// <summary>A group that has its veille on.</summary>
    public static async Task<Group> VeilleAsync(this Scene scene, Member owner, string name = "Groupe de veille", GroupVisibility visibility = GroupVisibility.AllMembers, params Member[] members)
    {
        var group = await scene.GroupAsync(name, owner, visibility, members: members);
        await scene.TurnOnAsync(group);
        return group;
    }

    /// <summary>Turns the veille of a group on.</summary>
    public static async Task TurnOnAsync(this Scene scene, Group group)
    {
        await using var db = scene.Instance.Open(Viewer.System);
        if (await db.GroupTools.AnyAsync(t => t.GroupId == group.Id && t.ToolKey == VeilleModule.ToolKey)) return;

        db.GroupTools.Add(new GroupTool { GroupId = group.Id, ToolKey = VeilleModule.ToolKey, Enabled = true });
        await db.SaveChangesAsync();
    }

    /// <summary>Makes the revue of a group the territory's.</summary>
    public static async Task ServeTerritoryAsync(this Scene scene, Group group, Audience audience = Audience.Public, string name = "La revue d’essai")
    {
        await using var db = scene.Instance.Open(Viewer.System);
        await db.Set<VeilleProfile>().Where(p => p.ServesTerritory).ExecuteUpdateAsync(set => set.SetProperty(p => p.ServesTerritory, false));
        db.Add(new VeilleProfile { GroupId = group.Id, ServesTerritory = true, Name = name, Audience = audience });
        await db.SaveChangesAsync();
    }
}
