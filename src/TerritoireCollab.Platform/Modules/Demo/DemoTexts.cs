using System.Text.Json;
using System.Text.Json.Serialization;

namespace TerritoireCollab.Platform.Modules.Demo;

/// <summary>The texts of the demo territory, by name of file without its extension.</summary>
/// <param name="open">Opens a text.</param>
public sealed class DemoTexts(Func<string, Stream> open)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Reads the text <paramref name="name"/>.</summary>
    public T Read<T>(string name)
    {
        using var stream = open(name);
        return JsonSerializer.Deserialize<T>(stream, Json) ?? throw new InvalidDataException(name);
    }
}
