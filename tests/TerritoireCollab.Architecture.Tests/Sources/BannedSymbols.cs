using System.Text.RegularExpressions;
using TerritoireCollab.Architecture.Tests.Reading;

namespace TerritoireCollab.Architecture.Tests.Sources;

/// <summary>What no source of the house writes, comments and strings aside.</summary>
internal static class BannedSymbols
{
    private static readonly (string Name, Regex Pattern, string Instead)[] Banned =
    [
        ("clock", new(@"\b(DateTime|DateTimeOffset)\s*\.\s*(Now|UtcNow|Today)\b"), "time comes from TimeProvider"),
        ("blocking", new(@"\.\s*GetAwaiter\s*\(\s*\)\s*\.\s*GetResult\b"), "await it"),
        ("sleep", new(@"\bThread\s*\.\s*Sleep\b"), "wait on the clock or on an event"),
        ("async void", new(@"\basync\s+void\b"), "return a task"),
        ("unnamed filter", new(@"\bIgnoreQueryFilters\s*\(\s*\)"), "name the filter that is lifted"),
        ("access filter", new(@"\bIgnoreQueryFilters\s*\([^)]*AccessFilter"), "read as Viewer.System in a job; nobody lifts the rights"),
        ("SQL", new(@"\b(FromSql|FromSqlRaw|FromSqlInterpolated|ExecuteSql|ExecuteSqlRaw|ExecuteSqlInterpolated|SqlQuery|SqlQueryRaw|ExecuteSqlAsync|ExecuteSqlRawAsync|ExecuteSqlInterpolatedAsync)\b"), "LINQ, or Platform/Data/Providers"),
        ("markup", new(@"\bnew\s+MarkupString\b|\bMarkupString\s+\w+\s*=\s*new\b|(?<!default)\(\s*MarkupString\s*\)|\bAddMarkupContent\b"), "Html.Of, which encodes, or the component Prose, with sanitised HTML"),
        ("key", new(@"\bGuid\s*\.\s*NewGuid\b"), "Guid.CreateVersion7 or RandomNumberGenerator"),
        ("network", new(@"\b(HttpClient|HttpClientHandler|SocketsHttpHandler|HttpMessageInvoker|IHttpClientFactory|AddHttpClient|WebRequest|WebClient|TcpClient)\b|\bDns\s*\.\s*Get"), "OutgoingClient, which judges where an address leads"),
        ("Viewer.System", new(@"\bViewer\s*\.\s*System\b"), "the viewer who asks"),
    ];

    // The one way out, and the session with the mail server that the configuration names.
    private static readonly string[] SpeakToTheNetwork = ["src/TerritoireCollab.Platform/Fetching/", "src/TerritoireCollab.Mime/Smtp/"];

    private static readonly Regex EmptyCatch = new(@"\bcatch\b\s*(\((?>[^()]+|\((?<d>)|\)(?<-d>))*(?(d)(?!))\)\s*)?(when\s*\((?>[^()]+|\((?<e>)|\)(?<-e>))*(?(e)(?!))\)\s*)?\{\s*\}");

    // Where a provider is spoken to, SQL is written; migrations are written by a tool.
    private static readonly string[] SpeakSql = ["src/TerritoireCollab.Platform/Data/Providers/", "src/TerritoireCollab.Migrations."];

    /// <summary>Every use in a file; the key is « name path ».</summary>
    public static IEnumerable<Violation> In(SourceFile file)
    {
        var code = file.Code;
        foreach (var (name, pattern, instead) in Banned)
        {
            if (name == "SQL" && SpeakSql.Any(file.Path.Contains)) continue;
            if (name == "network" && SpeakToTheNetwork.Any(file.Path.Contains)) continue;
            foreach (Match match in pattern.Matches(code)) yield return At(file, match, name, $"{match.Value.Trim()} is banned: {instead}.");
        }

        // A comment inside is a reason, and comments are blank in the code: the source decides.
        foreach (Match match in EmptyCatch.Matches(code))
        {
            var braces = code.LastIndexOf('{', match.Index + match.Length - 1);
            if (string.IsNullOrWhiteSpace(file.Text[(braces + 1)..(match.Index + match.Length - 1)])) yield return At(file, match, "empty catch", "a failure is swallowed without a word.");
        }
    }

    /// <summary>Types that wait for a task with .Result or .Wait(): read out of the instructions, since a property may have that name.</summary>
    public static IEnumerable<Violation> Waiting(IEnumerable<Type> types) =>
        from type in types
        where CalledMethods.Of(type).Any(m => m.DeclaringType is { Namespace: "System.Threading.Tasks" } task
            && (task.Name.StartsWith("Task", StringComparison.Ordinal) || task.Name.StartsWith("ValueTask", StringComparison.Ordinal))
            && m.Name is "get_Result" or nameof(Task.Wait) or nameof(Task.WaitAll) or nameof(Task.WaitAny))
        select new Violation(type.FullName!, type.FullName!, "waits for a task by .Result or .Wait(): await it.");

    private static Violation At(SourceFile file, Match match, string name, string what) => new($"{name} {file.Path}", $"{file.Path}:{file.LineOf(match.Index)}", what);
}
