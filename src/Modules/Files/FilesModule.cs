using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Documents;
using TerritoireCollab.Files.Archives;
using TerritoireCollab.Files.Demo;
using TerritoireCollab.Files.Drawing;
using TerritoireCollab.Files.Faces;
using TerritoireCollab.Files.Folders;
using TerritoireCollab.Files.Quota;
using TerritoireCollab.Files.Resources;
using TerritoireCollab.Files.Sharing;
using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Files.Texts;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Antivirus;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Modules.Demo;

namespace TerritoireCollab.Files;

/// <summary>Files that a group keeps together: folders, every version, found by what they say, taken away as an archive.</summary>
public sealed class FilesModule : IModule
{
    /// <summary>Key of the tool.</summary>
    public const string ToolKey = "fichiers";

    /// <summary>Key of the kind of content.</summary>
    public const string FileKind = "files.file";

    /// <summary>Bring a file.</summary>
    public static readonly Permission Add = new() { Key = "files.file.create", Least = GroupRole.Member, CreatesIn = ToolKey };

    /// <summary>Bring a new version of a file, whoever brought it first, and put an old one back.</summary>
    public static readonly Permission AddVersion = new() { Key = "files.version.create", Least = GroupRole.Member, CreatesIn = ToolKey, StopsAtLock = true };

    /// <summary>Make, rename and move folders, and put files into them.</summary>
    public static readonly Permission Arrange = new() { Key = "files.arrange", Least = GroupRole.Member, CreatesIn = ToolKey };

    /// <summary>Put a folder and all the files in it into the trash, and back.</summary>
    public static readonly Permission RemoveFolder = new() { Key = "files.folder.remove", Least = GroupRole.Animator, AuthorMay = true };

    /// <summary>Make a link by which somebody without an account gets a file, where the group allows such links, and take it back.</summary>
    public static readonly Permission Share = new() { Key = "files.share", Least = GroupRole.Animator, AuthorMay = true };

    /// <inheritdoc />
    public string Key => ToolKey;

    /// <inheritdoc />
    public Tool Tool { get; } = new() { Key = ToolKey, Name = () => FilesTexts.Files, Icon = "folder", Order = 30, CreateLabel = () => FilesTexts.AddTitle };

    /// <inheritdoc />
    public IReadOnlyList<ContentKind> Kinds { get; } =
    [
        new()
        {
            Key = FileKind,
            Tool = ToolKey,
            Name = () => FilesTexts.File,
            Capabilities = Capability.Commentable | Capability.Searchable | Capability.Feedable | Capability.Streamed | Capability.Taggable | Capability.Reactable | Capability.Followable,
        },
    ];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services) => services
        .AddSingleton<IContentFace, FileFace>().AddSingleton<IContentCompanion, FollowFile>().AddSingleton<IFileHolder, HoldVersions>().AddSingleton<IGroupBytes, HoldVersions>().AddSingleton<IDemoSeed, FileSeed>()
        .AddSingleton<GroupQuota>().AddSingleton<IGroupPlace>(p => p.GetRequiredService<GroupQuota>()).AddSingleton<EditFileSettings>().AddSingleton<ListQuotas>()
        .AddSingleton<CreateFolder>().AddSingleton<ArrangeFolder>().AddSingleton<RemoveFolder>().AddSingleton<TreatSelection>().AddSingleton<ITrashShelf, RemovedFolders>()
        .AddSingleton<NewFile>().AddSingleton<AddFiles>().AddSingleton<AddVersion>().AddSingleton<EditFile>().AddSingleton<MoveFiles>()
        .AddSingleton<ListFiles>().AddSingleton<ReadFile>().AddSingleton<ReadFiles>().AddSingleton<DownloadFile>()
        .AddSingleton<SendArchive>().AddSingleton<ImportArchive>()
        .AddSingleton<ShareFile>().AddSingleton<OpenShare>().AddSingleton<IPasswordHasher<ShareLink>, PasswordHasher<ShareLink>>()
        .AddSingleton<PdfText>().AddSingleton<FileTextWake>().AddSingleton<ReadFileTexts>().AddSingleton<IWorker>(p => p.GetRequiredService<ReadFileTexts>())
        .AddSingleton<PdfPages>().AddSingleton<DrawingWake>().AddSingleton<DrawPages>().AddSingleton<IWorker>(p => p.GetRequiredService<DrawPages>());

    /// <inheritdoc />
    public void ConfigureModel(ModelBuilder model)
    {
        var file = model.Content<GroupFile>();
        file.ToTable("GroupFiles");
        file.Property(f => f.Name).HasMaxLength(GroupFile.NameLength);
        file.Property(f => f.NameKey).HasMaxLength(GroupFile.NameLength);
        file.HasIndex(f => new { f.FolderId, f.NameKey });
        file.HasOne(f => f.File).WithMany().HasForeignKey(f => f.FileId).OnDelete(DeleteBehavior.Restrict);
        file.HasOne<FileFolder>().WithMany().HasForeignKey(f => f.FolderId).OnDelete(DeleteBehavior.Restrict);
        model.Entity<FileVersion>(version =>
        {
            version.ToTable("FileVersions");
            version.Property(v => v.Name).HasMaxLength(GroupFile.NameLength);
            version.Property(v => v.Comment).HasMaxLength(FileVersion.CommentLength);
            version.HasIndex(v => new { v.ItemId, v.Number }).IsUnique();
            version.HasOne(v => v.Item).WithMany().HasForeignKey(v => v.ItemId).OnDelete(DeleteBehavior.Cascade);
            version.HasOne(v => v.File).WithMany().HasForeignKey(v => v.FileId).OnDelete(DeleteBehavior.Restrict);
            version.HasOne(v => v.Author).WithMany().HasForeignKey(v => v.AuthorId).OnDelete(DeleteBehavior.Restrict);
        });
        ConfigureFolders(model);
        ConfigureTexts(model);
        ConfigureDrawing(model);
        ConfigureShares(model);
    }

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapFiles();
        endpoints.MapShares();
        endpoints.MapFilesApi();
    }

    private static void ConfigureFolders(ModelBuilder model)
    {
        model.Entity<FileFolder>(folder =>
        {
            folder.ToTable("FileFolders");
            folder.Property(f => f.ShortId).HasMaxLength(ShortIds.Length);
            folder.Property(f => f.Name).HasMaxLength(FileFolder.NameLength);
            folder.HasIndex(f => f.ShortId).IsUnique();
            folder.HasIndex(f => f.GroupId);
            folder.HasOne<Group>().WithMany().HasForeignKey(f => f.GroupId).OnDelete(DeleteBehavior.Restrict);
            folder.HasOne<FileFolder>().WithMany().HasForeignKey(f => f.ParentId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<FileSettings>(settings =>
        {
            settings.ToTable("FileSettings");
            settings.HasKey(s => s.GroupId);
            settings.Property(s => s.GroupId).ValueGeneratedNever();
            settings.HasOne<Group>().WithOne().HasForeignKey<FileSettings>(s => s.GroupId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void ConfigureTexts(ModelBuilder model) => model.Entity<FileText>(text =>
    {
        text.ToTable("FileTexts");
        text.HasKey(t => t.ItemId);
        text.Property(t => t.ItemId).ValueGeneratedNever();
        text.HasIndex(t => t.State);
        text.HasOne(t => t.Item).WithOne().HasForeignKey<FileText>(t => t.ItemId).OnDelete(DeleteBehavior.Cascade);
    });

    private static void ConfigureDrawing(ModelBuilder model)
    {
        // What goes with the bytes does not keep them: the key cascades.
        model.Entity<DrawnFile>(drawn =>
        {
            drawn.ToTable("DrawnFiles");
            drawn.HasKey(d => d.FileId);
            drawn.Property(d => d.FileId).ValueGeneratedNever();
            drawn.HasOne<StoredFile>().WithOne().HasForeignKey<DrawnFile>(d => d.FileId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<DrawnPage>(page =>
        {
            page.ToTable("DrawnPages");
            page.HasKey(p => new { p.FileId, p.Number });
            page.HasOne<DrawnFile>().WithMany().HasForeignKey(p => p.FileId).OnDelete(DeleteBehavior.Cascade);
            page.HasOne(p => p.Picture).WithMany().HasForeignKey(p => p.PictureId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void ConfigureShares(ModelBuilder model) => model.Entity<ShareLink>(share =>
    {
        share.ToTable("ShareLinks");
        share.Property(s => s.TokenHash).HasMaxLength(64);
        share.Property(s => s.PasswordHash).HasMaxLength(200);
        share.HasIndex(s => s.TokenHash).IsUnique();
        share.HasIndex(s => s.ItemId);
        share.HasOne(s => s.Item).WithMany().HasForeignKey(s => s.ItemId).OnDelete(DeleteBehavior.Cascade);
        share.HasOne(s => s.CreatedBy).WithMany().HasForeignKey(s => s.CreatedById).OnDelete(DeleteBehavior.Restrict);
    });
}
