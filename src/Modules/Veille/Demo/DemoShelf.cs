using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Demo;

/// <summary>What a site of the demo territory answers.</summary>
/// <param name="Fault">Why there is no answer at all, or <see cref="SourceFault.None"/>.</param>
/// <param name="Status">HTTP status; 0 when there is no answer.</param>
/// <param name="ContentType">Value of <c>Content-Type</c>.</param>
/// <param name="ETag">Validator to send back.</param>
/// <param name="Location">Where it sends to (301).</param>
/// <param name="Bytes">The body.</param>
internal sealed record ShelfAnswer(SourceFault Fault, int Status, string? ContentType = null, string? ETag = null, Uri? Location = null, ReadOnlyMemory<byte> Bytes = default);

/// <summary>
/// The web of the demo territory: sites under <c>.demo.invalid</c>, a name that no network knows (RFC 2606), answered from a folder that the
/// seeding wrote. Only an instance that was seeded has that folder; nothing is read but what its index names.
/// </summary>
internal sealed class DemoShelf(PlatformOptions platform, TimeProvider clock)
{
    /// <summary>The folder, in the data folder.</summary>
    public const string FolderName = "demo-flux";

    /// <summary>The index, in that folder.</summary>
    public const string IndexName = "reponses.json";

    private const string Domain = ".demo.invalid";

    /// <summary>How the index is written.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, Converters = { new JsonStringEnumConverter() },
    };

    private readonly string _folder = Path.Combine(platform.DataDirectory, FolderName);
    private volatile ShelfIndex? _index;

    /// <summary>Whether the address is of the demo territory and this instance has it.</summary>
    public bool Knows(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.IsAbsoluteUri && address.IdnHost.EndsWith(Domain, StringComparison.OrdinalIgnoreCase) && TryRead(out _);
    }

    /// <summary>What is answered there; 304 when <paramref name="etag"/> is that of what would be sent.</summary>
    public ShelfAnswer Answer(Uri address, string? etag)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!TryRead(out var index) || !index.Hosts.Contains(address.IdnHost)) return new(SourceFault.NameNotFound, 0);
        if (!index.Answers.TryGetValue(KeyOf(address), out var entry)) return new(SourceFault.None, 404);
        if (entry.Fault != SourceFault.None) return new(entry.Fault, 0);
        if (entry.Location is { } location) return new(SourceFault.None, entry.Status, Location: new Uri(location));
        if (FileOf(entry) is not { } file) return new(SourceFault.None, entry.Status, entry.ContentType);

        var bytes = File.ReadAllBytes(file);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"";
        return tag == etag ? new(SourceFault.None, 304, ETag: tag) : new(SourceFault.None, entry.Status, entry.ContentType, tag, Bytes: bytes);
    }

    private const int MostRedirects = 5;

    /// <summary>What the client of the network would give for the same request: redirects are followed, and errors are what they are.</summary>
    public FetchResult Fetch(FetchRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (address, moved) = (request.Address, (Uri?)null);
        var answer = Answer(address, request.ETag);
        for (var hops = 0; answer.Location is { } next && hops < MostRedirects; hops++)
        {
            if (hops == 0 || moved is not null) moved = next;
            (address, answer) = (next, Answer(next, request.ETag));
        }

        var outcome = answer switch
        {
            { Fault: SourceFault.NameNotFound } => FetchOutcome.NameNotFound,
            { Fault: SourceFault.TimedOut } => FetchOutcome.TimedOut,
            { Fault: not SourceFault.None } => FetchOutcome.ConnectionFailed,
            { Location: not null } => FetchOutcome.TooManyRedirects,
            { Status: 304 } => FetchOutcome.NotModified,
            { Status: 410 } => FetchOutcome.Gone,
            { Status: >= 200 and < 300 } => FetchOutcome.Ok,
            _ => FetchOutcome.HttpError,
        };
        return new FetchResult(outcome)
        {
            FinalAddress = address,
            Status = answer.Status == 0 ? null : answer.Status,
            Body = answer.Bytes,
            ContentType = answer.ContentType,
            ETag = answer.ETag,
            PermanentAddress = moved,
        };
    }

    /// <summary>An address as the index writes it: without fragment.</summary>
    public static string KeyOf(Uri address) => address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);

    // The newest of those that are out; a name with a path in it is nobody's.
    private string? FileOf(ShelfEntry entry)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var file = entry.Files.Where(f => f.From <= now).MaxBy(f => f.From) ?? entry.Files.MinBy(f => f.From);
        return file is not null && Path.GetFileName(file.Name) == file.Name && Path.Combine(_folder, file.Name) is var path && File.Exists(path) ? path : null;
    }

    // Seeded while this process runs as often as before it starts, so what is not there yet is looked for again.
    private bool TryRead([NotNullWhen(true)] out ShelfIndex? index)
    {
        index = _index;
        if (index is not null) return true;

        var path = Path.Combine(_folder, IndexName);
        if (!File.Exists(path)) return false;

        using var stream = File.OpenRead(path);
        _index = index = JsonSerializer.Deserialize<ShelfIndex>(stream, Json) ?? throw new InvalidDataException(path);
        return true;
    }
}

/// <summary>The index of the shelf.</summary>
/// <param name="Hosts">Sites whose name is known.</param>
/// <param name="Answers">Answers by address.</param>
internal sealed record ShelfIndex(HashSet<string> Hosts, Dictionary<string, ShelfEntry> Answers);

/// <summary>An answer of the shelf.</summary>
internal sealed record ShelfEntry
{
    /// <summary>HTTP status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Value of <c>Content-Type</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>Value of <c>Location</c>.</summary>
    public string? Location { get; init; }

    /// <summary>Why there is no answer.</summary>
    public SourceFault Fault { get; init; }

    /// <summary>The body, as it is from one moment on.</summary>
    public IReadOnlyList<ShelfFile> Files { get; init; } = [];
}

/// <summary>A file of the shelf.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">From when on it is what is sent (UTC).</param>
internal sealed record ShelfFile(string Name, DateTime From);
