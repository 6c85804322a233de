using System.Globalization;
using System.Text.Json;

namespace TerritoireCollab.Web.Tests.Api;

/// <summary>Compares an answer with the schema that describes it (the part of JSON Schema that the description uses); what is sent and not described is wrong too.</summary>
internal sealed class SchemaCheck(JsonElement document)
{
    /// <summary>What is wrong with <paramref name="value"/>, each with its place.</summary>
    public IReadOnlyList<string> Of(JsonElement schema, JsonElement value)
    {
        var problems = new List<string>();
        Check(schema, value, "$", problems);
        return problems;
    }

    /// <summary>The schema behind a reference.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
            schema = reference.GetString()!.Split('/')[1..].Aggregate(document, (at, name) => at.GetProperty(name));
        return schema;
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> problems)
    {
        schema = Resolve(schema);
        foreach (var several in new[] { "oneOf", "anyOf" })
        {
            if (!schema.TryGetProperty(several, out var choices)) continue;
            var tries = choices.EnumerateArray().Select(c => (Choice: c, Wrong: Of(c, value))).ToList();
            if (tries.TrueForAll(t => t.Wrong.Count > 0)) problems.AddRange(tries[^1].Wrong.Select(w => at + w[1..]));
            return;
        }

        var types = Types(schema);
        if (types.Count == 0) problems.Add($"{at}: described by no type");
        else if (!types.Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && types.Contains("number"))) problems.Add($"{at}: {TypeOf(value)} instead of {string.Join(" or ", types)}");
        else if (value.ValueKind == JsonValueKind.Object) CheckObject(schema, value, at, problems);
        else if (value.ValueKind == JsonValueKind.Array) foreach (var (i, item) in value.EnumerateArray().Index()) Check(schema.GetProperty("items"), item, $"{at}[{i}]", problems);
        else if (value.ValueKind == JsonValueKind.String) CheckFormat(schema, value.GetString()!, at, problems);
    }

    private void CheckObject(JsonElement schema, JsonElement value, string at, List<string> problems)
    {
        if (schema.TryGetProperty("required", out var required))
            problems.AddRange(required.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{at}.{name}: missing"));
        foreach (var property in value.EnumerateObject())
        {
            if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(property.Name, out var described)) Check(described, property.Value, $"{at}.{property.Name}", problems);
            else if (schema.TryGetProperty("additionalProperties", out var further) && further.ValueKind == JsonValueKind.Object) Check(further, property.Value, $"{at}.{property.Name}", problems);
            else problems.Add($"{at}.{property.Name}: sent and not described");
        }
    }

    private static void CheckFormat(JsonElement schema, string text, string at, List<string> problems)
    {
        var holds = schema.TryGetProperty("format", out var format) ? format.GetString() switch
        {
            // RFC 3339, in UTC.
            "date-time" => text.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "uuid" => Guid.TryParse(text, out _),
            "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
            _ => true,
        } : true;
        if (!holds) problems.Add($"{at}: « {text} » is no {format}");
    }

    private static List<string> Types(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)] : [type.GetString()!];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Null => "null",
        _ => value.TryGetInt64(out _) ? "integer" : "number",
    };
}
