using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Letters.Demo;
using TerritoireCollab.Letters.Faces;
using TerritoireCollab.Letters.Reading;
using TerritoireCollab.Letters.Resources;
using TerritoireCollab.Letters.Writing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Letters;

/// <summary>Letters of the animators to the whole of their group: contents as any other, which say before they leave whom they reach.</summary>
public sealed class LettersModule : IModule
{
    /// <summary>Key of the tool.</summary>
    public const string ToolKey = "lettres";

    /// <summary>Key of the kind of content.</summary>
    public const string LetterKind = "lettres.lettre";

    /// <summary>Write a letter to the whole group.</summary>
    public static readonly Permission WriteLetter = new() { Key = "lettres.lettre.create", Least = GroupRole.Animator, CreatesIn = ToolKey };

    /// <inheritdoc />
    public string Key => ToolKey;

    /// <inheritdoc />
    public Tool Tool { get; } = new() { Key = ToolKey, Name = () => LettersTexts.Letters, Icon = "mail", Order = 60, CreateLabel = () => LettersTexts.Write, DefaultCreators = GroupRole.Animator };

    /// <inheritdoc />
    public IReadOnlyList<ContentKind> Kinds { get; } =
    [
        new()
        {
            Key = LetterKind,
            HasOwnGestures = true,
            Tool = ToolKey,
            Name = () => LettersTexts.Letter,
            Capabilities = Capability.Commentable | Capability.Searchable | Capability.Feedable | Capability.Streamed | Capability.Attachable | Capability.Reactable | Capability.Followable,
        },
    ];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services)
    {
        services.AddMailWriting();
        services.AddSingleton<IContentFace, LetterFace>().AddSingleton<IUrgentContent, UrgentLetters>().AddSingleton<IDemoSeed, LetterSeed>()
            .AddSingleton<FileTickets>().AddSingleton<QuoteContents>().AddSingleton<NewLetter>().AddSingleton<WriteLetter>().AddSingleton<PreviewLetter>().AddSingleton<CorrectLetter>().AddSingleton<RemoveLetter>()
            .AddSingleton<ListLetters>().AddSingleton<ReadLetter>().AddSingleton<ReadLettersApi>();
    }

    /// <inheritdoc />
    public void ConfigureModel(ModelBuilder model) => model.Content<Letter>().ToTable("GroupLetters");

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapLetters();
        endpoints.MapLettersApi();
    }
}
