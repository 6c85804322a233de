using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Letters.Writing;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Letters;

/// <summary>Letters of the animators to the whole of their group.</summary>
public sealed class LettersModule : IModule
{
    /// <summary>Key of the tool.</summary>
    public const string ToolKey = "lettres";

    /// <summary>Key of the kind of content.</summary>
    public const string LetterKind = "lettres.lettre";

    /// <inheritdoc />
    public string Key => ToolKey;

    /// <inheritdoc />
    public void AddServices(IServiceCollection services)
    {
    }

    /// <inheritdoc />
    public void ConfigureModel(ModelBuilder model) => model.Content<Letter>().ToTable("GroupLetters");
}
