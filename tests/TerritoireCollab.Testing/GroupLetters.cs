using TerritoireCollab.Letters.Writing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Testing;

/// <summary>Letters to groups of a test, sent as their animator sends them.</summary>
public static class GroupLetters
{
    /// <summary>Sends a letter to the whole group and returns its short identifier.</summary>
    public static Task<string> LetterAsync(this Scene scene, Group group, Member animator, string title, string body = "Bonjour à **toutes** et à tous.", bool urgent = false, Audience? audience = null, params ReceivedFile[] files) =>
        scene.Instance.Services.GetService<WriteLetter>().ExecuteAsync(
            Viewer.Member(animator.Id), group.Slug, new(new ContentInput { Title = title, Body = body, Audience = audience }, urgent, files), default);
}
