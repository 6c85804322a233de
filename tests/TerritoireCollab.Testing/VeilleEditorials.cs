using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Veille.Editorials;

namespace TerritoireCollab.Testing;

/// <summary>Éditos of a test, published as their animator publishes them.</summary>
public static class VeilleEditorials
{
    /// <summary>Publishes an édito of November 2026 and returns its short identifier.</summary>
    public static Task<string> EditorialAsync(this Scene scene, Group group, Member animator, string title, string body = "Un mois **calme**.", Audience? audience = null, string? tags = null, int month = 202611) =>
        scene.Instance.Services.GetService<WriteEditorial>().ExecuteAsync(
            Viewer.Member(animator.Id), group.Slug, new(new ContentInput { Title = title, Body = body, Audience = audience, Tags = tags }, month), default);
}
