using TerritoireCollab.Documents.Zip;

namespace TerritoireCollab.Documents.Reading;

/// <summary>A part that another one names.</summary>
/// <param name="Id">What refers to it.</param>
/// <param name="Type">Last segment of the type's address: transitional and strict documents differ in what stands before it.</param>
/// <param name="Target">Path in the package.</param>
internal sealed record Relationship(string Id, string Type, string Target);

/// <summary>The parts of an office document by path.</summary>
internal sealed class Package
{
    private readonly ZipDirectory _archive;
    private readonly ExtractionLimits _limits;
    private readonly Dictionary<string, ZipMember> _parts = new(StringComparer.OrdinalIgnoreCase);

    public Package(ZipDirectory archive, ExtractionLimits limits, CancellationToken cancellation)
    {
        _archive = archive;
        _limits = limits;
        Cancellation = cancellation;
        foreach (var member in archive.Members) _parts.TryAdd(member.Name.Replace('\\', '/').TrimStart('/'), member);
    }

    /// <summary>Limits the time.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Whether there is such a part.</summary>
    public bool Has(string path) => _parts.ContainsKey(path);

    /// <summary>Opens a part as XML; null when it is not there.</summary>
    public XmlPart? OpenXml(string path) => _parts.TryGetValue(path, out var member) ? new XmlPart(_archive.OpenMember(member, Cancellation), _limits, Cancellation) : null;

    /// <summary>The beginning of a part; empty when it is not there.</summary>
    public byte[] ReadStart(string path, int length)
    {
        if (!_parts.TryGetValue(path, out var member)) return [];

        var bytes = new byte[length];
        using var stream = _archive.OpenMember(member, Cancellation);
        return bytes[..stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false)];
    }

    /// <summary>Parts that a part names, in the order written; an address outside the package is not among them.</summary>
    public IReadOnlyList<Relationship> RelationshipsOf(string path)
    {
        var slash = path.LastIndexOf('/') + 1;
        using var part = OpenXml($"{path[..slash]}_rels/{path[slash..]}.rels");
        var found = new List<Relationship>();
        while (part is not null && part.Read())
        {
            if (part.NodeKind != XmlPartNode.Open || part.Name != "Relationship" || part["TargetMode"] == "External") continue;
            if (part["Id"] is { } id && part["Target"] is { } target) found.Add(new(id, (part["Type"] ?? "").Split('/')[^1], Resolve(path[..slash], target)));
        }

        return found;
    }

    /// <summary>Addresses that the links of a part lead to, by the identifier that it names them by (ISO/IEC 29500-2, 6.5).</summary>
    public IReadOnlyDictionary<string, string> LinksOf(string path)
    {
        var slash = path.LastIndexOf('/') + 1;
        using var part = OpenXml($"{path[..slash]}_rels/{path[slash..]}.rels");
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        while (part is not null && part.Read())
            if (part.NodeKind == XmlPartNode.Open && part.Name == "Relationship" && part["TargetMode"] == "External" && part["Type"]?.EndsWith("/hyperlink", StringComparison.Ordinal) == true && part["Id"] is { } id && part["Target"] is { } target)
                found.TryAdd(id, target);
        return found;
    }

    private static string Resolve(string folder, string target)
    {
        var segments = new List<string>();
        foreach (var segment in (target.StartsWith('/') ? target : folder + target).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == "..") segments.RemoveRange(Math.Max(0, segments.Count - 1), Math.Min(1, segments.Count));
            else if (segment != ".") segments.Add(segment);
        }

        return string.Join('/', segments);
    }
}
