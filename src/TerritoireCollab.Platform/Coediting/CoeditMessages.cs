using System.Text.Json;
using System.Text.Json.Serialization;
using TerritoireCollab.Coediting;

namespace TerritoireCollab.Platform.Coediting;

// What goes over the wire; the names are those of the script.

/// <summary>A change on its way to editors.</summary>
internal sealed record SentUpdate(
    [property: JsonPropertyName("client")] string Client,
    [property: JsonPropertyName("changes"), JsonConverter(typeof(ChangeSetConverter))] ChangeSet Changes)
{
    public static IReadOnlyList<SentUpdate> Of(IEnumerable<AcceptedUpdate> updates) => [.. updates.Select(u => new SentUpdate(u.ClientId, u.Changes))];
}

/// <summary>Somebody on the page.</summary>
internal sealed record SentPerson(
    [property: JsonPropertyName("client")] string Client,
    [property: JsonPropertyName("nom")] string Name,
    [property: JsonPropertyName("identifiant")] string Handle);

/// <summary>What an editor is told when it comes.</summary>
/// <param name="Version">The present version.</param>
/// <param name="Text">The whole text; null when the changes since the editor's own version are enough.</param>
/// <param name="Updates">Those changes.</param>
/// <param name="MayWrite">Whether the member may write.</param>
/// <param name="IsFar">Whether the editor's version is one from which nothing leads here any more: its text is to be merged.</param>
/// <param name="People">Who is there.</param>
internal sealed record Welcome(
    [property: JsonPropertyName("version")] int Version,
    [property: JsonPropertyName("texte")] string? Text,
    [property: JsonPropertyName("ajouts")] IReadOnlyList<SentUpdate> Updates,
    [property: JsonPropertyName("ecrit")] bool MayWrite,
    [property: JsonPropertyName("loin")] bool IsFar,
    [property: JsonPropertyName("presents")] IReadOnlyList<SentPerson> People);

/// <summary>Writes a change as CodeMirror reads it. Changes that come in are read by hand, so that a bad one is refused in words.</summary>
internal sealed class ChangeSetConverter : JsonConverter<ChangeSet>
{
    public override ChangeSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, ChangeSet value, JsonSerializerOptions options) => ChangeSetJson.Write(value, writer);
}
