using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Testing;

/// <summary>Pages of a test, written as their authors write them.</summary>
public static class WikiScene
{
    /// <summary>Writes a page and returns its short identifier.</summary>
    public static Task<string> PageAsync(this Scene scene, Group group, Member author, string title, string body = "Un texte.", string? parent = null, Audience? audience = null, string? tags = null, params ReceivedFile[] files) =>
        scene.Instance.Services.GetService<CreatePage>().ExecuteAsync(
            Viewer.Member(author.Id), group.Slug, new(new ContentInput { Title = title, Body = body, Audience = audience, Tags = tags }, parent, files), default);

    /// <summary>Comments a passage of a page, and returns the number of the comment.</summary>
    public static Task<int> RemarkAsync(this Scene scene, string page, Member author, string body, string quote, string? before = null) =>
        scene.Instance.Services.GetService<AddComment>().ExecuteAsync(Viewer.Member(author.Id), page, new AddCommentInput { Body = body, Quote = quote, QuoteBefore = before }, default);

    /// <summary>Rewrites the text of a page.</summary>
    public static async Task RewriteAsync(this Scene scene, string page, Member editor, string body, string? comment = null, string? title = null)
    {
        var edit = scene.Instance.Services.GetService<EditPage>();
        var form = await edit.ReadAsync(Viewer.Member(editor.Id), page, default);
        await edit.ExecuteAsync(Viewer.Member(editor.Id), page, new() { Content = new ContentInput { Title = title ?? form.Title, Body = body, Tags = form.Tags, Audience = form.Audience }, Version = form.Version, Comment = comment }, default);
    }
}
