using TerritoireCollab.Mime.Reading;

namespace TerritoireCollab.Mime.Classifying;

/// <summary>The fields of a report for programs (RFC 3464, RFC 5965): groups of fields, separated by empty lines.</summary>
internal sealed class DeliveryReport
{
    private const int MostGroups = 200;

    private DeliveryReport(IReadOnlyList<IReadOnlyDictionary<string, string>> groups) => Groups = groups;

    public IReadOnlyList<IReadOnlyDictionary<string, string>> Groups { get; }

    /// <summary>The groups that speak of a recipient.</summary>
    public IEnumerable<IReadOnlyDictionary<string, string>> Recipients =>
        Groups.Where(group => group.ContainsKey("final-recipient") || group.ContainsKey("original-recipient") || group.ContainsKey("diagnostic-code") || group.ContainsKey("action"));

    /// <summary>The first value of a field in any group.</summary>
    public string? Value(string name) => Groups.Select(group => group.GetValueOrDefault(name)).FirstOrDefault(value => value is not null);

    /// <summary>Reads the fields of a part.</summary>
    public static DeliveryReport Of(MailPart part)
    {
        var groups = new List<IReadOnlyDictionary<string, string>>();
        var group = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? name = null;
        foreach (var line in (part.Text ?? "").Split('\n').Take(5000))
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                Close();
            }
            else if (char.IsWhiteSpace(line[0]) && name is not null)
            {
                if (group[name].Length < 4000) group[name] = $"{group[name]} {line.Trim()}";
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                name = line[..colon].Trim().ToLowerInvariant();
                group.TryAdd(name, line[(colon + 1)..].Trim());
            }
        }

        Close();
        return new(groups);

        void Close()
        {
            if (group.Count > 0 && groups.Count < MostGroups) groups.Add(group);
            group = new(StringComparer.OrdinalIgnoreCase);
            name = null;
        }
    }

    /// <summary>The address in a field such as <c>rfc822;someone@example.org</c>, or null.</summary>
    public static string? Address(string? field)
    {
        if (field is null) return null;

        var text = field[(field.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim().Trim('<', '>').Trim();
        return text.Contains('@', StringComparison.Ordinal) && text.Length <= 320 && !text.Contains(' ', StringComparison.Ordinal) ? text : null;
    }
}
