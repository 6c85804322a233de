using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Files.Drawing;
using TerritoireCollab.Files.Folders;
using TerritoireCollab.Files.Quota;
using TerritoireCollab.Files.Sharing;
using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Files.Texts;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Testing;

/// <summary>Files of groups for tests.</summary>
public static class FilesScene
{
    /// <summary>Adds a text file, and returns its short identifier.</summary>
    public static async Task<string> FileOfGroupAsync(this Scene scene, Group group, Member author, string name, string content, string? title = null, string body = "", Audience? audience = null, string? tags = null, string? folder = null)
    {
        var add = scene.Instance.Services.GetRequiredService<AddFiles>();
        var input = new AddFilesInput { Files = [await scene.FileAsync(name, content)], Title = title, Body = body, Audience = audience, Tags = tags, Folder = folder };
        return (await add.ExecuteAsync(Viewer.Member(author.Id), group.Slug, input, default))[0].ShortId;
    }

    /// <summary>Adds a file of any bytes, and returns its short identifier.</summary>
    public static async Task<string> BytesOfGroupAsync(this Scene scene, Group group, Member author, string name, byte[] content, string? folder = null) =>
        (await scene.Instance.Services.GetRequiredService<AddFiles>().ExecuteAsync(Viewer.Member(author.Id), group.Slug, new() { Files = [await scene.StoredAsync(name, content)], Folder = folder }, default))[0].ShortId;

    /// <summary>Adds a version of a text file.</summary>
    public static async Task VersionAsync(this Scene scene, string file, Member author, string name, string content, string? comment = null) =>
        await scene.Instance.Services.GetRequiredService<AddVersion>().ExecuteAsync(Viewer.Member(author.Id), file, new(Guid.Empty, await scene.FileAsync(name, content), comment), default);

    /// <summary>Makes a folder, and returns its short identifier.</summary>
    public static Task<string> FolderAsync(this Scene scene, Group group, Member author, string name, string? within = null) =>
        scene.Instance.Services.GetRequiredService<CreateFolder>().ExecuteAsync(Viewer.Member(author.Id), group.Slug, within, name, default);

    /// <summary>Allows links without an account in a group.</summary>
    public static Task AllowSharingAsync(this Scene scene, Group group, Member animator, bool allows = true) =>
        scene.Instance.Services.GetRequiredService<EditFileSettings>().ExecuteAsync(Viewer.Member(animator.Id), group.Slug, allows, default);

    /// <summary>Makes a link, and returns its secret.</summary>
    public static Task<string> ShareAsync(this Scene scene, string file, Member author, int days = 7, string? password = null, int? most = null) =>
        scene.Instance.Services.GetRequiredService<ShareFile>().ExecuteAsync(Viewer.Member(author.Id), file, new(days, password, most), default);

    /// <summary>Reads the text of every file that waits, and lets the index take it.</summary>
    public static async Task ReadTextsAsync(this Scene scene)
    {
        await scene.Instance.Services.GetRequiredService<ReadFileTexts>().RunOnceAsync(default);
        await scene.Instance.SettleAsync();
    }

    /// <summary>Draws the pages of every PDF that waits.</summary>
    public static Task<int> DrawPagesAsync(this Scene scene) => scene.Instance.Services.GetRequiredService<DrawPages>().RunOnceAsync(default);

    private static async Task<ReceivedFile> StoredAsync(this Scene scene, string name, byte[] content)
    {
        using var stream = new MemoryStream(content);
        return new ReceivedFile(name, await scene.Instance.Services.GetRequiredService<FileStore>().AddAsync(stream, name, default));
    }
}
